import { describe, expect, it } from 'vitest';
import { Journal } from '../../journal.js';
import type { BackupStep } from '../report/report.js';
import { parsePauseLog } from './pause-log.js';
import { PauseSteps } from './pause-steps.js';

const names = { guests: ['A', 'B'], volumes: ['/dev/SSD/images', '/dev/SSD/images.old'] };

/** The steps that come of events, one each second, as `step subject: state, from-to`. */
function play(events: readonly string[], guests: readonly string[] = names.guests): string[] {
  const journal = new Journal<BackupStep>('preflight', undefined);
  const steps = new PauseSteps(journal, { ...names, guests }, (atMs) => atMs - 10_000);
  for (const [index, event] of events.entries()) {
    for (const parsed of parsePauseLog(`${String(10 + index)}.0 ${event}`)) steps.push(parsed);
  }
  steps.finish((10 + events.length) * 1000);
  return journal.steps.map(({ step, subject, state, startedMs, durationMs }) => {
    return `${step} ${subject}: ${state}, ${String(startedMs / 1000)}-${String((startedMs + durationMs) / 1000)}`;
  });
}

describe('the steps of a pause', () => {
  it('have the times of the host', () => {
    const suspends = ['suspending 0', 'suspended 0', 'suspending 1', 'suspended 1'];
    const snapshots = ['snapshotting 0', 'snapshotted 0', 'snapshotting 1', 'snapshotted 1'];
    const resumes = ['resuming 0', 'resuming 1', 'running 0', 'running 1', 'ended'];
    expect(play(['began', 'flushed-host', ...suspends, ...snapshots, ...resumes])).toEqual([
      'flush A, B: finished, 0-1',
      'suspend A, B: finished, 2-6',
      'lvm-snapshot /dev/SSD/images: finished, 6-7',
      'lvm-snapshot /dev/SSD/images.old: finished, 8-9',
      'resume A, B: finished, 10-13',
    ]);
  });

  it('are those of the host where there are no guests', () => {
    expect(play(['began', 'unflushed-host', 'snapshotting 0', 'snapshotted 0'], [])).toEqual([
      'flush the host: finished, 0-1',
      'lvm-snapshot /dev/SSD/images: finished, 2-3',
    ]);
  });

  it('end apart where one volume is named like the beginning of another', () => {
    expect(play(['snapshotting 0', 'snapshotting 1', 'snapshotted 0', 'unsnapshotted 1 full'])).toEqual([
      'lvm-snapshot /dev/SSD/images: finished, 0-2',
      'lvm-snapshot /dev/SSD/images.old: failed, 1-3',
    ]);
  });

  it('fail where the time was over, and where nobody tells of their end', () => {
    expect(play(['suspending 0', 'snapshotting 0', 'over', 'resuming 0', 'unresumed 0', 'handed-over'])).toEqual([
      'suspend A, B: finished, 0-1',
      'lvm-snapshot /dev/SSD/images: failed, 1-2',
      'resume A, B: failed, 3-6',
    ]);
  });

  it('fail where guests are resumed before any snapshot began', () => {
    expect(play(['suspending 0', 'refused 0', 'suspending 1', 'resuming 1', 'running 1'])).toEqual([
      'suspend A, B: failed, 0-3',
      'resume A, B: finished, 3-4',
    ]);
  });

  it.each(['gone 0', 'foreign 0'])('are over with %j', (event) => {
    expect(play(['resuming 0', event])).toEqual(['resume A, B: finished, 0-1']);
  });
});
