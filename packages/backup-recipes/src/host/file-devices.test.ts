import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localTransport, OutputParseError, run } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { fileDevicesCommand, fileDevicesSuccessCodes, parseFileDevices } from './file-devices.js';

describe('fileDevicesCommand', () => {
  it('asks for all at once', () => {
    expect(fileDevicesCommand({ paths: ['/dev/SSD/images', '/srv/it is.img'] })).toEqual({
      file: 'xargs',
      args: [
        ...['--null', '--no-run-if-empty', 'stat', '--dereference'],
        ...[String.raw`--printf=%d %f %t:%T %n\0`, '--'],
      ],
      stdin: '/dev/SSD/images\0/srv/it is.img\0',
      effect: 'read',
      stop: 'kill',
    });
  });

  it('goes behind links, takes any name, and leaves out what is not there', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'file-devices-'));
    try {
      const file = path.join(folder, "-it's\n$HOME.img");
      const link = path.join(folder, 'link');
      await writeFile(file, '');
      await symlink(file, link);
      const command = fileDevicesCommand({ paths: [file, '/nowhere/at-all', link, '/dev/null'] });
      const { stdout } = await run(localTransport(), command, { successCodes: fileDevicesSuccessCodes });
      const found = parseFileDevices(stdout);
      expect([...found.keys()]).toEqual([file, link, '/dev/null']);
      expect(found.get(link)).toEqual(found.get(file));
      const { dev } = await stat(file);
      const [major, minor] = [(dev >> 8) & 0xfff, (dev & 0xff) | ((dev >> 12) & 0xfff00)];
      expect(found.get(file)).toEqual({
        device: `${String(major)}:${String(minor)}`,
        isDevice: false,
        isFolder: false,
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('asks nothing where there is nothing to ask', async () => {
    expect((await run(localTransport(), fileDevicesCommand({ paths: [] }))).stdout).toBe('');
  });
});

// coreutils 9.1 of Debian 12
describe('parseFileDevices', () => {
  it('reads block devices by their own numbers, and all else by their file systems', () => {
    const rows = [
      '5 61b0 fc:3 /dev/SSD/images',
      '2049 41ed 0:0 /etc',
      '64515 81a4 0:0 /srv/SSD/images/a.img',
      '5 2190 1:3 /dev/null',
    ];
    expect(parseFileDevices(rows.map((row) => `${row}\0`).join(''))).toEqual(
      new Map([
        ['/dev/SSD/images', { device: '252:3', isDevice: true, isFolder: false }],
        ['/etc', { device: '8:1', isDevice: false, isFolder: true }],
        ['/srv/SSD/images/a.img', { device: '252:3', isDevice: false, isFolder: false }],
        ['/dev/null', { device: '0:5', isDevice: false, isFolder: false }],
      ]),
    );
  });

  it('reads minors above 255', () => {
    expect(parseFileDevices('1113091 81a4 0:0 /a\0').get('/a')?.device).toBe('252:259');
  });

  it('refuses anything else', () => {
    expect(() => parseFileDevices('stat: what\0')).toThrow(OutputParseError);
  });
});
