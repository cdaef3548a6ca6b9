import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localTransport } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { parseMounts } from '../../host/mounts.js';
import { parseRealPaths, realPathsCommand } from '../../host/real-paths.js';
import { readGuestImages, type ImagePlaces } from './guest-images.js';

const known = (...disks: string[]): Parameters<typeof readGuestImages>[1] => [
  { name: 'MySQL', uuid: 'u', isActive: true, disks, definition: '<domain/>' },
];

function places(mounts: string, device = '252:3'): ImagePlaces {
  return {
    volumes: [{ path: '/dev/SSD/images', folderName: 'SSD.images' }],
    files: new Map([['/dev/SSD/images', { device, isDevice: true, isFolder: false }]]),
    mounts: parseMounts(mounts),
    placeOf: (disk) => ({ volume: disk.startsWith('/elsewhere') ? undefined : 0, isDevice: disk.startsWith('/dev/') }),
  };
}

const usual = '42 28 252:3 / /srv/SSD/images rw - ext4 /dev/mapper/SSD-images rw\n';

describe('readGuestImages', () => {
  it('tells where in the volumes images lie, and asks nothing for that', async () => {
    const transport = scriptedTransport(() => undefined);
    const disks = ['/srv/SSD/images/MySQL.img', '/srv/SSD/images/sub/b.img', '/elsewhere/c.img', '/dev/SSD/images'];
    const found = await readGuestImages(transport, known(...disks), places(usual), {});
    expect(found).toMatchObject([
      {
        name: 'MySQL',
        definition: '<domain/>',
        images: [
          { path: '/srv/SSD/images/MySQL.img', folder: 'SSD.images', file: 'MySQL.img' },
          { path: '/srv/SSD/images/sub/b.img', folder: 'SSD.images', file: 'sub/b.img' },
        ],
      },
    ]);
    expect(transport.commands).toEqual([]);
  });

  it('knows a folder of the volume that is mounted by itself', async () => {
    const bind = '42 28 252:3 /of/guests /images rw - ext4 /dev/mapper/SSD-images rw\n';
    const [guest] = await readGuestImages(
      scriptedTransport(() => undefined),
      known('/images/a.img'),
      places(bind),
      {},
    );
    expect(guest?.images).toEqual([{ path: '/images/a.img', folder: 'SSD.images', file: 'of/guests/a.img' }]);
  });

  it('goes behind symbolic links', async () => {
    const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'guest-images-')));
    try {
      await mkdir(path.join(folder, 'volume'));
      await writeFile(path.join(folder, 'volume', "it's.img"), '');
      await symlink(path.join(folder, 'volume'), path.join(folder, 'link'));
      const disk = path.join(folder, 'link', "it's.img");
      const mounts = `42 28 252:3 / ${path.join(folder, 'volume')} rw - ext4 /dev/mapper/SSD-images rw\n`;
      const [guest] = await readGuestImages(localTransport(), known(disk), places(mounts), {});
      expect(guest?.images).toEqual([{ path: disk, folder: 'SSD.images', file: "it's.img" }]);
      const gone = await readGuestImages(localTransport(), known(`${disk}.gone`), places(mounts), {});
      expect(gone).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('names no guest without an image on a volume', async () => {
    expect(
      await readGuestImages(
        scriptedTransport(() => undefined),
        known('/elsewhere/c.img'),
        places(usual),
        {},
      ),
    ).toEqual([]);
  });
});

describe('parseRealPaths', () => {
  it('refuses another number of paths', () => {
    expect(realPathsCommand({ paths: ['/a', '/b'] })).toMatchObject({ file: 'xargs', stdin: '/a\0/b\0' });
    expect(() => parseRealPaths('/a\0', ['/a', '/b'])).toThrow('realpath did not tell of every path');
  });
});
