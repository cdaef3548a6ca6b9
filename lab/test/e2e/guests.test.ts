import { createCommand, run } from '@quiesce/command';
import { describe, expect, it, vi } from 'vitest';
import { guests, readRecords, type LabGuest } from '../../src/index.js';
import { labTransport } from '../../src/testing.js';

const write = async (file: string, ...words: string[]): Promise<string> =>
  (await run(labTransport(), createCommand(file, words))).stdout;
const sleepMs = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('guests', () => {
  it('run, on the volumes that they are said to be on', async () => {
    const running = await write('virsh', 'list', '--name');
    for (const { name, volume, mountPoint, image } of guests) {
      expect(running.split('\n')).toContain(name);
      const source = await write('findmnt', '--noheadings', '--output', 'SOURCE', '--target', image);
      expect(await write('readlink', '-f', source.trim())).toBe(await write('readlink', '-f', volume));
      expect(await write('findmnt', '--noheadings', '--output', 'TARGET', '--target', image)).toBe(`${mountPoint}\n`);
    }
  });

  it('flush by SysRq, say so on their console, and their records are then in the image', async () => {
    const flush = async ({ name, image, consoleLog }: LabGuest): Promise<void> => {
      const before = await write('cat', consoleLog);
      await write('virsh', 'send-key', name, 'KEY_LEFTALT', 'KEY_SYSRQ', 'KEY_S');
      await vi.waitFor(
        async () => {
          // That it begins is said at a level which the console has only for a moment.
          expect((await write('cat', consoleLog)).slice(before.length)).toContain('Emergency Sync complete');
        },
        { timeout: 60_000, interval: 1000 },
      );
      await write('virsh', 'suspend', name);
      const first = await readRecords(labTransport(), image);
      await write('virsh', 'resume', name);
      expect(first).toMatchObject({ first: 1, consistent: true, problems: [] });
      // Time to write some more, and to flush them.
      await sleepMs(5000);
      await write('virsh', 'send-key', name, 'KEY_LEFTALT', 'KEY_SYSRQ', 'KEY_S');
      await sleepMs(5000);
      await write('virsh', 'suspend', name);
      const second = await readRecords(labTransport(), image);
      await write('virsh', 'resume', name);
      expect(second.consistent).toBe(true);
      expect(second.last).toBeGreaterThan(first.last ?? Infinity);
    };
    await Promise.all(guests.map(flush));
  });

  it('have records in which damage is seen', async () => {
    const [guest] = guests;
    const copy = '/var/tmp/damaged.img';
    await write('cp', '--sparse=always', guest?.image ?? '', copy);
    const script =
      'e2fsck -fp "$1" >/dev/null; printf x >/tmp/x; debugfs -w -R "rm records" "$1" 2>/dev/null; debugfs -w -R "write /tmp/x records" "$1"';
    await write('sh', '-c', script, 'sh', copy);
    const report = await readRecords(labTransport(), copy);
    expect(report).toMatchObject({ records: 0, consistent: false, problems: ['record 1 is cut short at 1 bytes'] });
  });
});
