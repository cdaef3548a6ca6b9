import { TransportError } from '@quiesce/command';
import { scriptedTransport, type ScriptedReply } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { Journal } from '../journal.js';
import type { Batch, NewVolume } from './batches.js';
import { resolveRestoreOptions } from './options.js';
import type { RestoredFile, RestoreEvent, RestoreProgressEvent, RestoreStep } from './report.js';
import { restoreVolume } from './restore-volume.js';
import type { RestoreState } from './state.js';

const runId = '1364083186-0a0b0c0d';
const device = '/dev/SSD/new';
const [good, bad] = ['a'.repeat(64), 'b'.repeat(64)];
const sizeBytes = 5_000_000;
const volume: NewVolume = { group: 'SSD', name: 'new', sizeBytes: 8_388_608, device };
const batch: Batch = {
  ...{ from: '/archives/SSD.images', at: '/archives', wrap: (command) => command, shown: '/archives/SSD.images' },
  folder: { folder: 'SSD.images', source: '/dev/SSD/images', runId, complete: true },
  ...{ root: device, real: device, asked: device, number: 0, volume },
  kept: { kind: 'known', files: new Map([['a.img', { type: 'file', sizeBytes, sum: good }]]) },
  entries: [{ name: 'a.img', type: 'file', sizeBytes, allocatedBytes: sizeBytes, to: device }],
};

type Name = 'lvcreate' | 'write' | 'sum' | 'lvchange' | 'lvremove';

interface Restored {
  readonly files: RestoredFile[];
  readonly state: RestoreState;
  /** The commands that ran, in order. */
  readonly names: Name[];
  readonly events: RestoreEvent[];
  readonly removals: string[];
}

async function restore(replies: Partial<Record<Name, ScriptedReply>> = {}): Promise<Restored> {
  const usual: Partial<Record<Name, ScriptedReply>> = {
    write: { stdout: `copied 4194304\ncopied ${String(sizeBytes)}\n` },
    sum: { stdout: `${good}  -\n` },
  };
  const names: Name[] = [];
  const events: RestoreEvent[] = [];
  const removals: string[] = [];
  const transport = scriptedTransport(({ args, file }) => {
    const script = args[1] ?? '';
    const name = (file === 'lvm' ? args[0] : script.includes('dd ') ? 'write' : 'sum') as Name;
    names.push(name);
    if (name === 'lvremove') removals.push(args.join(' '));
    return replies[name] ?? usual[name] ?? {};
  });
  const restored = { images: 'SSD.images/a.img' };
  const to = { volume: { group: 'SSD', name: 'new' } };
  const state: RestoreState = {
    ...{ runId, isDry: false, leftovers: [], signal: new AbortController().signal },
    options: resolveRestoreOptions({ target: 'archives', restore: restored, to, transport }),
    journal: new Journal<RestoreStep, RestoreProgressEvent>('copy', (event) => events.push(event)),
  };
  const files = await restoreVolume(state, batch, volume);
  return { files, state, names, events, removals };
}

const broken: ScriptedReply = { exitCode: 5, stderr: '  broken\n' };

describe('restoreVolume', () => {
  it('makes, writes, compares, and takes the tag off, in this order', async () => {
    const { events, files, names, state } = await restore();
    expect(names).toEqual(['lvcreate', 'write', 'sum', 'lvchange']);
    expect(files).toEqual([
      { from: '/archives/SSD.images/a.img', to: device, sizeBytes, outcome: 'restored', verifiedBy: 'checksum' },
    ]);
    expect(events.flatMap((event) => (event.type === 'progress' ? [event.transferredBytes] : []))).toEqual([
      4_194_304,
      sizeBytes,
    ]);
    expect([state.journal.problems, state.leftovers]).toEqual([[], []]);
  });

  it.each([
    ['lvcreate', 'copy'],
    ['write', 'copy'],
    ['sum', 'verify'],
    ['lvchange', 'place'],
  ] as const)('removes by its tag what it made where %s fails', async (name, step) => {
    const { files, removals, state } = await restore({ [name]: broken });
    expect(files).toMatchObject([{ outcome: 'kept' }]);
    expect(state.journal.problems.map((problem) => problem.step)).toEqual([step]);
    expect(removals).toEqual([expect.stringContaining(`lv_tags={"quiesce.restore=${runId}"} -- SSD/new`)]);
    expect(state.leftovers).toEqual([]);
  });

  it('does not say that none was made where it is not known', async () => {
    const { files, state } = await restore({
      lvchange: { error: new TransportError('the link was cut', { started: true }) },
    });
    expect(files).toMatchObject([{ outcome: 'not-known' }]);
    expect(state.journal.problems[0]?.message).toContain(`whether ${device} was kept is not known: see lvs ${device}`);
  });

  it('removes a volume that differs, and says which copy is damaged', async () => {
    const { files, names, state } = await restore({ sum: { stdout: `${bad}  -\n` } });
    expect(files).toMatchObject([{ outcome: 'kept', verifiedBy: undefined }]);
    expect(names).not.toContain('lvchange');
    expect(names.at(-1)).toBe('lvremove');
    expect(state.journal.problems[0]?.message).toContain(
      'the copy in the target is damaged (/archives/SSD.images/a.img)',
    );
  });

  it('says what to type where it can not be removed', async () => {
    const { state } = await restore({ write: broken, lvremove: broken });
    expect(state.journal.problems.map(({ step }) => step)).toEqual(['copy', 'remove']);
    expect(state.leftovers).toEqual([{ name: device, remedy: expect.stringContaining('lvm lvremove') as string }]);
  });
});
