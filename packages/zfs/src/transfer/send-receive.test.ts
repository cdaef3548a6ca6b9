import { dryRun } from '@quiesce/command';
import { scriptedTransport, type ScriptedReply, type ScriptedTransport } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { createZfs, type Zfs } from '../create-zfs.js';
import { sendReceive, type SendReceiveOptions } from './send-receive.js';

const token = '1-c740b4779-c0-789c';
const snapshots = { 'tank/vm@1': 11, 'tank/vm@2': 12, 'tank/vm@3': 13, 'tank/vm@4': 14 } as const;

interface Side {
  readonly transport: ScriptedTransport;
  readonly zfs: Zfs;
  /** What was sent and received, without the questions. */
  readonly moved: () => readonly string[];
}

/** A side that has these snapshots, by name and guid, and answers as zfs does. */
function side(
  there: Readonly<Record<string, number>>,
  replies: Readonly<Record<string, string>> = {},
  receives = 1,
  keystatus = '-',
): Side {
  let left = receives;
  const has = new Map(Object.entries(there));
  const answer = (args: readonly string[]): ScriptedReply => {
    const words = args.join(' ');
    const reply = Object.entries(replies).find(([beginning]) => words.startsWith(beginning));
    if (reply !== undefined) return { stdout: reply[1] };
    if (words.startsWith('send -nvP')) return { stdout: 'size\t5\n' };
    if (words.startsWith('send')) return { stdout: 'bytes' };
    if (words.startsWith('receive')) {
      // What comes last is what was wanted; the rest of one before it is there already.
      left -= 1;
      if (left === 0) has.set('backup/vm@4', 14);
      return {};
    }
    const name = args.at(-1) ?? '';
    if (words.includes('receive_resume_token')) return { stdout: `${name}\treceive_resume_token\t-\t-\n` };
    if (words.includes('keystatus')) return { stdout: `${name}\tkeystatus\t-\t${keystatus}\n` };
    const found = [...has].filter(([snapshot]) => snapshot === name || snapshot.startsWith(`${name}@`));
    if (found.length === 0) return { exitCode: 1, stderr: `cannot open '${name}': dataset does not exist\n` };
    const properties = args[args.indexOf('--') + 1]?.split(',') ?? [];
    const rows = found.flatMap(([snapshot, guid]) => properties.map((property) => [snapshot, property, guid] as const));
    const isNames = words.includes('-o name,property ');
    const lines = rows.map(([snapshot, property, guid]) =>
      isNames ? `${snapshot}\t${property}` : `${snapshot}\t${property}\t-\t${String(guid)}`,
    );
    return { stdout: `${lines.join('\n')}\n` };
  };
  const transport = scriptedTransport(({ args }) => answer(args));
  return {
    transport,
    zfs: createZfs({ transport }),
    moved: () =>
      transport.commands.map(({ args }) => args.join(' ')).filter((words) => /^(?:send (?!-nvP)|receive)/.test(words)),
  };
}

const unfinished = (snapshot: string): Readonly<Record<string, string>> => ({
  'send -nvP -t': `full\t${snapshot}\t5\nsize\t5\n`,
  'send -nvP -w -t': `full\t${snapshot}\t5\nsize\t5\n`,
});
const withToken = {
  'get -Hp -o name,property,source,value -- receive_resume_token': `backup/vm\treceive_resume_token\t-\t${token}\n`,
};

const transfer = (
  source: Side,
  target: Side,
  from: Partial<SendReceiveOptions['from']> = {},
): Promise<{ resumed: boolean; sentBytes: number }> =>
  sendReceive({
    from: { zfs: source.zfs, snapshot: 'tank/vm@4', ...from },
    to: { zfs: target.zfs, dataset: 'backup/vm' },
  });

describe('sendReceive', () => {
  it('sends, receives resumably, and looks at both at the end', async () => {
    const [source, target] = [side(snapshots), side({})];
    expect(await transfer(source, target)).toEqual({
      ...{ snapshot: 'backup/vm@4', guid: '14' },
      ...{ sentBytes: 5, resumed: false },
    });
    expect(source.moved()).toEqual(['send -- tank/vm@4']);
    expect(target.moved()).toEqual(['receive -s -- backup/vm']);
  });

  it('sends nothing to a dry run, and tells what it would do', async () => {
    const source = side(snapshots);
    const asked = side({});
    const transport = dryRun(asked.transport);
    const told = { ...asked, zfs: createZfs({ transport }) };
    expect(await transfer(source, told)).toEqual({
      ...{ snapshot: 'backup/vm@4', guid: '14' },
      ...{ sentBytes: 0, resumed: false },
    });
    expect([source.moved(), asked.moved()]).toEqual([[], []]);
    expect(transport.commands.map(({ args }) => args.join(' '))).toEqual(['receive -s -- backup/vm']);
  });

  it('sends nothing that is there, and takes no other snapshot of the name for it', async () => {
    const [source, target] = [side(snapshots), side({ 'backup/vm@4': 14 })];
    expect(await transfer(source, target)).toMatchObject({ sentBytes: 0, resumed: false });
    expect([...source.moved(), ...target.moved()]).toEqual([]);
    const other = side({ ...snapshots, 'tank/vm@4': 99 });
    await expect(transfer(other, side({}))).rejects.toMatchObject({ name: 'SnapshotDiffersError' });
  });

  it('sends the rest as raw as all of it, whatever the token of the other side says', async () => {
    const [source, target] = [side(snapshots, unfinished('tank/vm@4')), side({}, withToken)];
    expect(await transfer(source, target, { raw: true })).toMatchObject({ resumed: true });
    expect(source.moved()).toEqual([`send -w -t ${token}`]);
  });

  it('sends none of several without the key, and asks for none where it sends them raw', async () => {
    const from = { incrementalFrom: '@1', intermediates: true };
    const locked = (): Side => side(snapshots, {}, 1, 'unavailable');
    const source = locked();
    await expect(transfer(source, side({ 'backup/vm@1': 11 }), from)).rejects.toMatchObject({
      ...{ name: 'KeyNotLoadedError', dataset: 'tank/vm' },
    });
    expect(source.moved()).toEqual([]);
    const raw = locked();
    await transfer(raw, side({ 'backup/vm@1': 11 }), { ...from, raw: true });
    expect(raw.moved()).toEqual(['send -w -I tank/vm@1 -- tank/vm@4']);
  });

  it('sends the rest of one of several, then those that are left', async () => {
    const [source, target] = [
      side(snapshots, unfinished('tank/vm@3')),
      side({ 'backup/vm@2': 12, 'backup/vm@3': 13 }, withToken, 2),
    ];
    await transfer(source, target, { incrementalFrom: '@1', intermediates: true });
    expect(source.moved()).toEqual([`send -t ${token}`, 'send -I tank/vm@3 -- tank/vm@4']);
  });

  it('begins at the newest that both have, between what was named', async () => {
    const [source, target] = [side(snapshots), side({ 'backup/vm@1': 11, 'backup/vm@2': 12 })];
    await transfer(source, target, { incrementalFrom: '@1', intermediates: true });
    expect(source.moved()).toEqual(['send -I tank/vm@2 -- tank/vm@4']);
    const older = side({ 'backup/vm@1': 11 });
    const again = side(snapshots);
    await transfer(again, older, { incrementalFrom: '@2', intermediates: true });
    expect(again.moved()).toEqual(['send -I tank/vm@2 -- tank/vm@4']);
  });

  it.each([
    ['another dataset', 'tank/other@4', {}],
    ['another snapshot', 'tank/vm@3', {}],
    ['one before what was named', 'tank/vm@1', { snapshot: 'tank/vm@4', incrementalFrom: '@2', intermediates: true }],
    ['one after it', 'tank/vm@4', { snapshot: 'tank/vm@3', incrementalFrom: '@1', intermediates: true }],
    ['all below it, of which a token knows nothing', 'tank/vm@4', { replicate: true }],
    ['holds, of which it knows nothing either', 'tank/vm@4', { holds: true }],
  ])('does not go on with %s', async (_, part, from) => {
    const [source, target] = [side(snapshots, unfinished(part)), side({}, withToken)];
    await expect(transfer(source, target, from)).rejects.toMatchObject({
      name: 'OtherTransferError',
      unfinished: part,
    });
    expect([...source.moved(), ...target.moved()]).toEqual([]);
  });

  it('keeps nothing of what can not be gone on with', async () => {
    const [source, target] = [side(snapshots), side({})];
    await transfer(source, target, { replicate: true });
    expect(target.moved()).toEqual(['receive -- backup/vm']);
  });

  it('refuses what does not fit before it asks anything', async () => {
    const [source, target] = [side(snapshots), side({})];
    await expect(transfer(source, target, { intermediates: true })).rejects.toThrow(/^intermediates: /);
    await expect(transfer(source, target, { zfs: {} as never })).rejects.toThrow(/^from\.zfs: /);
    await expect(
      sendReceive({ from: { zfs: source.zfs, snapshot: 'tank/vm' }, to: { zfs: target.zfs, dataset: 'b' } }),
    ).rejects.toThrow(/^from\.snapshot: /);
  });
});
