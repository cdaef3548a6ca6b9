import { createCommand, SpawnError } from '@quiesce/command';
import { scriptedTransport, type ScriptedReply } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import type { Mount } from '../host/mounts.js';
import { deviceProblems } from './device-problems.js';
import { resolveCreateOptions } from './options.js';

const [one, two] = ['/dev/disk/by-id/one', '/dev/disk/by-id/two'];
const uuid = '00000000-0000-4000-8000-000000000001';

/** A host with the disks 8:0 and 8:16, and one guest at most. */
interface Host {
  /** What blkid says of the second. */
  readonly blkid?: ScriptedReply;
  readonly below?: string;
  /** The number of the second. */
  readonly second?: string;
  /** The disk of the guest that is shut off, as its definition says. */
  readonly disk?: string;
  readonly mounts?: readonly Mount[];
}

/** What virsh prints for a batch, as `batch.ts` writes it. */
function virshPrints(line: string, disk: string): string {
  return line
    .split('; ')
    .map((words) => {
      const mark = /^echo (?<mark>[^-]\S*)$/.exec(words)?.groups?.['mark'];
      if (mark !== undefined) return `${mark}\n\n`;
      if (words.startsWith('uri')) return 'qemu:///system\n\n';
      if (words.startsWith('list')) return `${uuid} - MySQL\n\n`;
      if (!words.startsWith('dumpxml')) return '';
      return `<domain type='kvm'><name>MySQL</name><uuid>${uuid}</uuid><devices>${disk}</devices></domain>\n\n`;
    })
    .join('');
}

async function problemsOf({ below = '', blkid, disk, mounts = [], second = '8:10' }: Host): Promise<string[]> {
  const numbers = new Map([
    [one, '8:0'],
    [two, second],
    ['/dev/sdb', '8:10'],
    ['/dev/sdb1', '8:11'],
  ]);
  const transport = scriptedTransport(async ({ args, file }, stdin) => {
    if (file === 'blkid') return (args.includes(two) ? blkid : undefined) ?? { exitCode: 2 };
    if (file === 'sh') return { stdout: below };
    if (file === 'virsh' && disk === undefined)
      return { error: new SpawnError({ command: createCommand('virsh', []) }) };
    if (file === 'virsh') {
      const line = args.at(-1) ?? '';
      const stderr = [...line.matchAll(/echo --err ([^\s;]+)/g)].map(([, mark = '']) => `error: ${mark}\n`).join('');
      return { stdout: virshPrints(line, disk ?? ''), stderr };
    }
    const asked = (await stdin).split('\0').filter((path) => numbers.has(path));
    const isFormat = args.some((word) => word.includes('%t:%T'));
    return {
      exitCode: 123,
      stdout: asked.map((path) => `${isFormat ? `5 61b0 ${numbers.get(path) ?? ''}` : '5:7'} ${path}\0`).join(''),
    };
  });
  const options = resolveCreateOptions({ target: 'archives/backups', mirror: [one, two], transport });
  const problems = await deviceProblems(options, mounts, {});
  return problems.map(({ option, problem, value }) => `${option} ${value}: ${problem}`);
}

const block = (device: string): string =>
  `<disk type='block' device='disk'><source dev='${device}'/><target dev='vda'/></disk>`;

describe('deviceProblems', () => {
  it('takes disks that are empty', async () => {
    expect(await problemsOf({})).toEqual([]);
    expect(await problemsOf({ disk: block('/dev/sdc') })).toEqual([]);
  });

  // zpool create takes all of these for empty.
  it.each<[string, Host]>([
    ['there is a partition table (dos) on it', { blkid: { stdout: 'PTTYPE=dos\n' } }],
    ['there is swap on it', { blkid: { stdout: 'TYPE=swap\nUSAGE=other\n' } }],
    ['there are signatures of several things on it', { blkid: { exitCode: 8 } }],
    ['it has partitions, or another device is made of it', { below: '8:17 8:16\n' }],
    ['it is a disk of the guest MySQL', { disk: block('/dev/sdb') }],
    ['named twice', { second: '8:0' }],
    ['it is mounted on /srv', { mounts: [{ source: 'x', target: '/srv', type: 'xfs', root: '/', device: '8:16' }] }],
  ])('refuses: %s', async (problem, host) => {
    expect(await problemsOf(host)).toEqual([expect.stringContaining(`mirror[1] ${two}: ${problem}`)]);
  });

  it('refuses where a disk of a guest may be anywhere', async () => {
    const disk = `<disk type='volume' device='disk'><source pool='gone' volume='sdb'/><target dev='vda'/></disk>`;
    expect(await problemsOf({ disk })).toEqual([expect.stringMatching(/^mirror MySQL: .*virsh pool-start/)]);
  });
});
