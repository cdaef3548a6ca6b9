import { describe, expect, it } from 'vitest';
import { copyProblems, planTransfers, snapshotsGivenUp } from './plan-transfers.js';
import type { Side } from './read-side.js';

/** A side with snapshots and bookmarks of these names: their numbers are their guids and times. */
function side(dataset: string, names: readonly string[], others: Partial<Side> = {}): Side {
  const places = names.map((name) => ({
    ...{ name: `${dataset}${name}`, guid: name.slice(1), createtxg: Number(name.slice(1)), createdAt: undefined },
    ...{ holds: 0, provenance: { runId: undefined, complete: undefined } },
  }));
  return {
    ...{ dataset, guid: '77', isEncrypted: false, copyOf: undefined, resumeToken: undefined, isMounted: false },
    provenance: { runId: undefined, complete: undefined },
    snapshots: places.filter(({ name }) => name.includes('@')),
    bookmarks: places.filter(({ name }) => name.includes('#')),
    ...others,
  };
}

const sent = (source: Side, copy: Side | undefined): string[] =>
  planTransfers(source, copy).transfers.map(({ incrementalFrom, intermediates, snapshot }) =>
    [incrementalFrom ?? 'all', intermediates ? '-I' : '-i', snapshot].join(' '),
  );

const source = side('a/t', ['@1', '@2', '@3', '#1', '#2']);

describe('planTransfers', () => {
  it('sends all of the oldest snapshot, and then the others', () => {
    expect(sent(source, undefined)).toEqual(['all -i a/t@1', 'a/t@1 -I a/t@3']);
    expect(sent(side('a/t', ['@1']), undefined)).toEqual(['all -i a/t@1']);
    // Of a dataset that a first receive left in part.
    expect(sent(source, side('b/t', []))).toEqual(['all -i a/t@1', 'a/t@1 -I a/t@3']);
  });

  it('goes on from the newest snapshot that both have', () => {
    expect(sent(source, side('b/t', ['@1', '@2']))).toEqual(['a/t@2 -I a/t@3']);
    expect(sent(source, side('b/t', ['@1', '@2', '@3']))).toEqual([]);
    expect(planTransfers(source, side('b/t', ['@1', '@2', '@9'])).base?.name).toBe('a/t@2');
  });

  it('goes on from a bookmark where the snapshot is gone, to the next snapshot first', () => {
    const pruned = side('a/t', ['#1', '@3', '@4', '@5', '#4']);
    expect(sent(pruned, side('b/t', ['@1']))).toEqual(['a/t#1 -i a/t@3', 'a/t@3 -I a/t@5']);
    expect(sent(side('a/t', ['#1', '@3']), side('b/t', ['@1']))).toEqual(['a/t#1 -i a/t@3']);
    expect(sent(side('a/t', ['#3']), side('b/t', ['@3']))).toEqual([]);
  });

  it('leaves the snapshots of boot tests where they are', () => {
    const boot = '@quiesce-boot-1364083186-0a0b0c0d';
    const all = side('a/t', ['@1', '@2', '@3', '@4', '@5', '@6']);
    const withBoot = (...at: readonly number[]): Side => ({
      ...all,
      snapshots: all.snapshots.map((snapshot, index) =>
        at.includes(index) ? { ...snapshot, name: `a/t${boot}` } : snapshot,
      ),
    });
    expect(sent(withBoot(2), side('b/t', ['@1']))).toEqual(['a/t@1 -I a/t@2', 'a/t@2 -i a/t@4', 'a/t@4 -I a/t@6']);
    expect(sent(withBoot(0, 5), undefined)).toEqual(['all -i a/t@2', 'a/t@2 -I a/t@5']);
    expect(sent(withBoot(1, 2, 4, 5), side('b/t', ['@1']))).toEqual(['a/t@1 -i a/t@4']);
    expect(sent(withBoot(5), side('b/t', ['@5']))).toEqual([]);
    expect(planTransfers(withBoot(2, 5), undefined).snapshots.map(({ name }) => name)).toEqual([
      ...['a/t@1', 'a/t@2', 'a/t@4', 'a/t@5'],
    ]);
  });

  it('knows snapshots by their guids alone', () => {
    const renamed = side('b/t', ['@2']);
    const [only] = renamed.snapshots;
    if (only === undefined) throw new Error('no snapshot');
    expect(sent(source, { ...renamed, snapshots: [{ ...only, name: 'b/t@other', createtxg: 4711 }] })).toEqual([
      'a/t@2 -I a/t@3',
    ]);
  });
});

describe('copyProblems', () => {
  const messages = (copy: Side | undefined, rollback = false): string[] =>
    copyProblems(source, copy, rollback).map(({ option, problem, value }) => `${option} ${value}: ${problem}`);

  it('takes what is not there, and what is a copy', () => {
    expect(messages(undefined)).toEqual([]);
    expect(messages(side('b/t', ['@1', '@2']))).toEqual([]);
    expect(messages(side('b/t', [], { copyOf: '77' }))).toEqual([]);
  });

  it('refuses what is something else, also with rollback', () => {
    expect(messages(side('b/t', []))).toEqual([
      expect.stringContaining('to.dataset b/t: it exists and is no copy of a/t'),
    ]);
    expect(messages(side('b/t', []), true)).toHaveLength(1);
    for (const rollback of [false, true]) {
      expect(messages(side('b/t', ['@8']), rollback)).toEqual([
        expect.stringContaining('has no snapshot that a/t has'),
      ]);
    }
  });

  it('names snapshots that the target does not have', () => {
    const copy = side('b/t', ['@1', '@2', '@8', '@9']);
    expect(messages(copy)).toEqual([expect.stringMatching(/after a\/t@2 it has .* destroys: b\/t@8, b\/t@9$/)]);
    expect(messages(copy, true)).toEqual([]);
    expect(snapshotsGivenUp(source, copy).map(({ name }) => name)).toEqual(['b/t@8', 'b/t@9']);
  });

  it('says that they may be the newest backups, where they are of a run', () => {
    const copy = side('b/t', ['@1', '@2', '@8']);
    const snapshots = copy.snapshots.map((one) => ({ ...one, provenance: { runId: '8-00000000', complete: true } }));
    expect(messages({ ...copy, snapshots })).toEqual([
      expect.stringMatching(/does not have any more, and they may be your newest backups: .*: b\/t@8$/),
    ]);
  });
});
