import type { Command } from '@quiesce/command';
import { scriptedTransport, type ScriptedReply } from '@quiesce/command/testing';
import { recorded, releaseOn } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { createZfs, type Zfs } from './create-zfs.js';
import { zfsMadeOfSeveral } from './made-of-several.js';
import { sendReceive } from './transfer/send-receive.js';

const old = releaseOn('zfs', 'bookworm');

/** The answers of a release that has no `zpool status -j`. */
function answer({ args, file }: Command): ScriptedReply {
  if (file === 'zpool') {
    if (args[0] === 'list') return recorded(old, 'zpool guids online');
    return recorded(old, args.includes('-j') ? 'zpool status online' : 'zpool status text online');
  }
  const name = args.at(-1) ?? '';
  if (args[0] === 'send') return { stdout: args.includes('-nvP') ? 'size\t5\n' : 'bytes' };
  if (args[0] !== 'get') return {};
  return { stdout: `${name}\t${args.includes('guid') ? 'guid\t-\t1' : 'receive_resume_token\t-\t-'}\n` };
}

const pool = 'quiesce-zfs';
const calls: Readonly<Record<string, (zfs: Zfs) => Promise<unknown>>> = {
  sendReceive: (zfs) =>
    sendReceive({ from: { zfs, snapshot: 'tank/vm@1', replicate: true }, to: { zfs, dataset: 'backup/vm' } }),
  'zfs.pool.assertHealthy': (zfs) => zfs.pool.assertHealthy({ pools: pool }),
  'zfs.pool.damagedFiles': (zfs) => zfs.pool.damagedFiles({ pool }),
  'zfs.pool.status': (zfs) => zfs.pool.status({ pools: pool }),
  'zfs.pool.waitForScrub': (zfs) => zfs.pool.waitForScrub({ pool }).catch(() => undefined),
};

describe('what is made of several commands', () => {
  it.each(Object.entries(zfsMadeOfSeveral))('runs those that the table tells: %s', async (name, { commands }) => {
    const transport = scriptedTransport(answer);
    await calls[name]?.(createZfs({ transport }));
    const ran = transport.commands.map(({ args, file }) => `${file} ${args[0] ?? ''}`);
    expect([...new Set(ran)].sort()).toEqual([...commands].sort());
  });
});
