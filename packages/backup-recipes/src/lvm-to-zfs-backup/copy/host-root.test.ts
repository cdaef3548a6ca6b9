import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../options/resolve-options.js';
import { hostRootJobs } from './host-root.js';
import type { CopyJob } from './copy-options.js';

const jobs = (
  hostRoot: object | false,
  hostMounts: string[] = [],
): Pick<CopyJob, 'source' | 'folder' | 'exclude'>[] => {
  const volumes = ['/dev/SSD/images', '/dev/raid5/VM.images'];
  const options = resolveOptions({ domains: [], volumes, target: 'archives/backups', hostRoot });
  return hostRootJobs({ facts: { hostMounts } as never, options }).map(({ exclude, folder, source }) => ({
    ...{ source, folder, exclude },
  }));
};

describe('hostRootJobs', () => {
  it('copies each file system into the folder of the one that it is mounted in, and leaves its folder to it', () => {
    expect(jobs({}, ['/boot', '/boot/efi'])).toEqual([
      { source: '/', folder: 'root', exclude: ['/boot/*', '/boot/efi/*'] },
      { source: '/boot', folder: 'root/boot', exclude: ['/efi/*'] },
      { source: '/boot/efi', folder: 'root/boot/efi', exclude: [] },
    ]);
  });

  it('takes patterns from the beginning of the whole', () => {
    expect(jobs({ exclude: ['*.log', '/boot/grub/*', '/var/cache/*'] }, ['/boot'])).toEqual([
      { source: '/', folder: 'root', exclude: ['/boot/*', '*.log', '/boot/grub/*', '/var/cache/*'] },
      { source: '/boot', folder: 'root/boot', exclude: ['*.log', '/grub/*'] },
    ]);
  });

  it('does not take a folder name for a pattern', () => {
    expect(jobs({ source: '/data', folder: 'data' }, ['/data/[x]*'])[0]?.exclude).toEqual([String.raw`/\[x]\*/*`]);
  });

  it('does nothing for false', () => {
    expect(jobs(false, ['/boot'])).toEqual([]);
  });
});
