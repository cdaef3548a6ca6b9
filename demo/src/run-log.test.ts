import type { BackupEvent } from '@quiesce/backup-recipes';
import { describe, expect, it } from 'vitest';
import { createRunLog } from './run-log.js';
import type { Screen } from './screen.js';

/** A run log on a screen that is looked at after each event, a second after the one before. */
function play(events: readonly BackupEvent[], isLive: boolean): { printed: string[]; bottom: string[] } {
  const printed: string[] = [];
  let render: (() => readonly string[]) | undefined;
  let time = 0;
  const screen: Screen = { isLive, print: (line) => printed.push(line), show: (next) => void (render = next) };
  const log = createRunLog(screen, () => time);
  for (const event of events) {
    time += 1000;
    log(event);
  }
  return { printed, bottom: [...(render?.() ?? [])] };
}

const volume = '/dev/SSD/images';
const started = (step: 'suspend' | 'copy', subject: string): BackupEvent => {
  return { type: 'step', step, state: 'started', subject, startedMs: 0, durationMs: undefined };
};
const ended = (step: 'suspend' | 'copy', subject: string, state: 'finished' | 'failed'): BackupEvent => {
  return { type: 'step', step, state, subject, startedMs: 0, durationMs: 1234 };
};
const progress = (percent: number): BackupEvent => {
  return {
    type: 'progress',
    subject: volume,
    transferredBytes: percent * 2 ** 20,
    percent,
    bytesPerSecond: 2 ** 20,
    startedMs: 0,
  };
};

describe('the log of a run', () => {
  it('has a line for each step that ended', () => {
    const events = [
      started('suspend', 'MySQL'),
      ended('suspend', 'MySQL', 'finished'),
      ended('copy', volume, 'failed'),
    ];
    expect(play(events, true).printed).toEqual([
      '     2.0 s  ✓ suspend       MySQL                                   done in 1.2 s',
      '     3.0 s  ✗ copy          /dev/SSD/images                         failed after 1.2 s',
    ]);
  });

  it('shows what runs at the bottom of a terminal', () => {
    const { printed, bottom } = play([started('suspend', 'MySQL'), started('copy', volume), progress(42.9)], true);
    expect(printed).toEqual([]);
    expect(bottom).toEqual([
      '     3.0 s  … suspend       MySQL                                   2.0 s',
      '     3.0 s  … copy          /dev/SSD/images                         [#########...........]  42 %  42.9 MiB at 1.0 MiB/s',
    ]);
  });

  it('writes plain lines about a copy, not too many', () => {
    const copy = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((step) => progress(step * 10));
    expect(play([started('copy', volume), ...copy], false).printed).toEqual([
      '     1.0 s  … copy          /dev/SSD/images                         begins',
      '     6.0 s  … copy          /dev/SSD/images                          50 %  50.0 MiB at 1.0 MiB/s',
      '    11.0 s  … copy          /dev/SSD/images                         100 %  100.0 MiB at 1.0 MiB/s',
    ]);
  });

  it('names problems, and tells those that matter from the others', () => {
    const problem = {
      step: 'flush',
      subject: 'MySQL',
      message: 'no keyboard',
      error: 'ExitError',
      fatal: false,
      startedMs: 0,
    } as const;
    const fatal = { ...problem, step: 'copy', subject: volume, message: 'disk full', fatal: true } as const;
    const events = [problem, fatal].map((one): BackupEvent => ({ type: 'problem', problem: one, startedMs: 0 }));
    expect(play(events, false).printed).toEqual([
      '     1.0 s  ! flush         MySQL                                   no keyboard',
      '     2.0 s  ✗ copy          /dev/SSD/images                         disk full',
    ]);
  });
});
