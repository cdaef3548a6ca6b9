import { quoteWord, sudo, toShell, type Command } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { zfsSetCommand, zfsSnapshotCommand } from '@quiesce/zfs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PruneFailedError, pruneSnapshots, pruneToText, type PruneReport } from '../../src/index.js';
import { createRunId } from '../../src/run-id.js';
import { provenanceProperties, snapshotProperties } from '../../src/target/provenance.js';
import {
  completeFolderCommand,
  completeTargetCommand,
  openFolderCommand,
  openTargetCommand,
} from '../../src/target/target-commands.js';
import { verifiedProperty, verifiedText } from '../../src/target/verified.js';
import { schemaProblems } from '../schema.js';
import { cleanHost, hostState, inLab } from './support.js';

const target = 'pruning/my backups';
const place = { dataset: target, targetFolder: `/${target}` };
const prune = pruneSnapshots({
  ...{ target, keep: { daily: 2, monthly: 1 }, timeZone: 'Europe/Berlin' },
  transport: sudo(labTransport('operator')),
});
const folder = { folder: 'SSD.images', source: '/dev/SSD/images' };

/** A command with its input, as a line of a script. */
const line = (command: Command): string =>
  `printf %s ${quoteWord(command.stdin?.toString() ?? '')} | ${toShell(command)}`;

/** What a run without guests leaves in a target, and the snapshot that the next one makes of it. */
async function night(number: number): Promise<void> {
  const runId = createRunId(Date.UTC(2013, 2, number, 1) / 1000);
  const complete = number !== 9;
  const files = `'/${target}/SSD.images'`;
  const snapshot = `${target}@night.${String(number)}`;
  const verified = verifiedText(runId, { at: new Date(), outcome: 'whole' });
  const lines = [
    line(openTargetCommand(place, { runId, guests: [] })),
    line(openFolderCommand(place, { ...folder, runId })),
    `head -c 2M /dev/urandom >${files}/image`,
    ...(number === 5 ? [`head -c 8M /dev/urandom >${files}/shared`] : number === 8 ? [`rm ${files}/shared`] : []),
    ...(complete ? [line(completeFolderCommand(place, { ...folder, runId }))] : []),
    ...(complete ? [line(completeTargetCommand(place, { runId }))] : []),
    line(zfsSetCommand({ datasets: target, properties: provenanceProperties({ runId, complete }) })),
    line(zfsSnapshotCommand({ snapshots: snapshot, properties: snapshotProperties({ runId, complete }) })),
    ...(number === 4
      ? [line(zfsSetCommand({ datasets: snapshot, properties: { [verifiedProperty]: verified } }))]
      : []),
  ];
  await inLab(`set -e\n${lines.join('\n')}`);
}

async function failing(): Promise<PruneReport> {
  const error: unknown = await prune.run().catch((reason: unknown) => reason);
  if (!PruneFailedError.isInstance(error)) throw new Error(`it did not fail: ${String(error)}`, { cause: error });
  return error.report;
}

const left = (): Promise<string> => inLab(`zfs list -H -o name -t snapshot '${target}' | sed 's/.*@//' | xargs`);
const withOutcome = ({ snapshots }: PruneReport, wanted: string): string[] =>
  snapshots.flatMap(({ name, outcome }) => (outcome === wanted ? [name.replace(/.*@/, '')] : []));

describe('pruneSnapshots', () => {
  beforeAll(async () => {
    await inLab('! zpool list pruning 2>/dev/null || zpool destroy -f pruning; rm -f /var/tmp/pruning.img');
    await inLab(
      'truncate -s 512M /var/tmp/pruning.img && zpool create pruning /var/tmp/pruning.img && zfs create "pruning/my backups"',
    );
    for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) await night(number);
    await inLab(
      `zfs snapshot '${target}@by-hand'; zfs hold mine '${target}@night.2'; zfs clone '${target}@night.3' pruning/clone`,
    );
  });

  afterAll(async () => {
    await inLab('zpool destroy -f pruning; rm -f /var/tmp/pruning.img');
    expect(await hostState()).toEqual(cleanHost);
  });

  it('goes past a snapshot that is in use, frees what it planned, and does nothing the second time', async () => {
    const plan = await prune.plan();
    expect(schemaProblems('prune-plan', plan)).toEqual([]);
    expect(plan.snapshots.map(({ name, why }) => [name.replace(/.*@/, ''), why.join(', ')])).toEqual([
      ['by-hand', 'made by others'],
      ['night.10', 'daily 2013-03-10, newest complete'],
      ['night.9', 'daily 2013-03-09'],
      ['night.8', 'daily 2013-03-08'],
      ['night.7', ''],
      ['night.6', ''],
      ['night.5', ''],
      ['night.4', 'monthly 2013-03'],
      ['night.3', 'cloned as pruning/clone'],
      ['night.2', 'held'],
      ['night.1', ''],
    ]);
    expect(pruneToText(plan)).toMatch(/^pruning\/my backups: 11 snapshots, 4 go \(16\.\d MiB\)\n/);
    const alone = plan.snapshots.reduce((sum, { keep, usedBytes = 0 }) => sum + (keep ? 0 : usedBytes), 0);
    expect(plan.freesBytes).toBeGreaterThan(alone + 8_000_000);

    const within = `'/${target}/.zfs/snapshot/night.6'`;
    const pid = await inLab(`cd ${within} && { sleep 300 >/dev/null 2>&1 </dev/null & echo $!; }`);
    const first = await failing().finally(() => inLab(`kill ${pid}`));
    expect(withOutcome(first, 'destroyed')).toEqual(['night.7', 'night.5', 'night.1']);
    expect(withOutcome(first, 'left')).toEqual(['night.6']);
    expect(first.problems).toMatchObject([{ step: 'destroy', subject: `${target}@night.6`, fatal: true }]);
    const remaining = 'night.2 night.3 night.4 night.6 night.8 night.9 night.10 by-hand';
    expect(await left()).toBe(remaining);

    const second = await prune.run();
    expect(withOutcome(second, 'destroyed')).toEqual(['night.6']);
    expect(first.freedBytes + second.freedBytes).toBe(plan.freesBytes);
    const third = await prune.run();
    expect(third).toMatchObject({ outcome: 'success', freedBytes: 0, problems: [] });
    expect(await left()).toBe(remaining.replace('night.6 ', ''));
  });

  it('is a script too, for what is held and cloned no more', async () => {
    expect((await prune.plan()).toShell()).toMatch(/# there is none\n$/);
    await inLab(`zfs release mine '${target}@night.2'; zfs destroy pruning/clone`);
    await inLab((await prune.plan()).toShell());
    expect(await left()).toBe('night.4 night.8 night.9 night.10 by-hand');
  });
});
