import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localTransport, run } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { devicesBelowCommand, parseDevicesBelow } from './devices-below.js';

/** A sysfs with a disk, its partition, and a device of device-mapper on that. */
function makeSysfs(root: string): void {
  const disk = path.join(root, 'devices/pci0/block/sda');
  const mapped = path.join(root, 'devices/virtual/block/dm-0');
  for (const folder of [`${disk}/sda1`, `${mapped}/slaves`, `${root}/class/block`]) {
    mkdirSync(folder, { recursive: true });
  }
  writeFileSync(`${disk}/dev`, '8:0\n');
  writeFileSync(`${disk}/sda1/dev`, '8:1\n');
  writeFileSync(`${disk}/sda1/partition`, '1\n');
  writeFileSync(`${mapped}/dev`, '252:0\n');
  symlinkSync(`${disk}/sda1`, `${mapped}/slaves/sda1`);
  for (const folder of [disk, `${disk}/sda1`, mapped]) {
    symlinkSync(folder, path.join(root, 'class/block', path.basename(folder)));
  }
}

describe('devicesBelowCommand', () => {
  it('finds what partitions and mapped devices lie on', async () => {
    const root = mkdtempSync(path.join(tmpdir(), 'sysfs-'));
    try {
      makeSysfs(root);
      const { stdout, stderr } = await run(localTransport(), devicesBelowCommand({ sysfs: root }));
      expect(stderr).toBe('');
      expect(parseDevicesBelow(stdout)).toEqual(
        new Map([
          ['252:0', ['8:1']],
          ['8:1', ['8:0']],
        ]),
      );
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it('reads the sysfs of the host, and finds nothing where there is none', async () => {
    expect(devicesBelowCommand().args.at(-1)).toBe('/sys');
    const { stdout, stderr } = await run(localTransport(), devicesBelowCommand({ sysfs: '/nowhere' }));
    expect([stdout, stderr]).toEqual(['', '']);
  });
});

describe('parseDevicesBelow', () => {
  it('gathers all that one lies on', () => {
    expect(parseDevicesBelow('252:4 252:1\n252:4 252:2\n')).toEqual(new Map([['252:4', ['252:1', '252:2']]]));
  });
});
