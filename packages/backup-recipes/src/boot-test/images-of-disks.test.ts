import type { DomainDisk } from '@quiesce/virsh';
import { parseVirshDumpxml } from '@quiesce/virsh';
import { describe, expect, it } from 'vitest';
import { imagesOfDisks } from './images-of-disks.js';

const image = (path: string) => ({ path, folder: 'SSD.images', file: path.slice(1) });
const [ssd, raid] = [image('/srv/ssd/disk.img'), image('/srv/raid/disk.img')];
const pool = (target: string, name: string, volume = 'disk.img'): string =>
  `<disk type="volume" device="disk"><source pool="${name}" volume="${volume}"/><target dev="${target}"/></disk>`;
const file = (target: string, path: string): string =>
  `<disk type="file" device="disk"><source file="${path}"/><target dev="${target}"/></disk>`;

function disksOf(...disks: readonly string[]): readonly DomainDisk[] {
  const head = '<name>g</name><uuid>6a1c2a53-0d2e-4f3b-8a4c-3a9c4f6e0001</uuid>';
  return parseVirshDumpxml(`<domain type="kvm">${head}<devices>${disks.join('')}</devices></domain>`).disks;
}

function found(disks: readonly DomainDisk[], images = [ssd, raid]): [string[], number] {
  const of = imagesOfDisks(disks, images);
  return [[...of.images].map(([{ target }, { path }]) => `${target} ${path}`), of.problems.length];
}

describe('imagesOfDisks', () => {
  it('goes by the path, and for a volume by its name', () => {
    expect(found(disksOf(file('vda', raid.path), file('vdb', '/srv/other.img')))).toEqual([[`vda ${raid.path}`], 0]);
    expect(found(disksOf(pool('vda', 'ssd')), [ssd])).toEqual([[`vda ${ssd.path}`], 0]);
    expect(found(disksOf(pool('vda', 'ssd', 'other.img')))).toEqual([[], 0]);
  });

  it('gives no image to two disks, and no disk one of two images', () => {
    expect(found(disksOf(pool('vda', 'ssd'), pool('vdb', 'raid')))).toEqual([[], 2]);
    expect(found(disksOf(pool('vda', 'ssd'), pool('vdb', 'raid')), [ssd])).toEqual([[], 2]);
    expect(found(disksOf(pool('vda', 'ssd')))).toEqual([[], 1]);
    const { problems } = imagesOfDisks(disksOf(pool('vda', 'ssd')), [ssd, raid]);
    expect(problems[0]).toContain(`the volume disk.img of a storage pool, and it is not known which image`);
    expect(problems[0]).toContain(`(${ssd.path}, ${raid.path})`);
  });

  it('leaves to a volume no image that another disk names by its path', () => {
    expect(found(disksOf(file('vda', ssd.path), pool('vdb', 'raid')))).toEqual([
      [`vda ${ssd.path}`, `vdb ${raid.path}`],
      0,
    ]);
    expect(found(disksOf(file('vda', ssd.path), pool('vdb', 'raid')), [ssd])).toEqual([[`vda ${ssd.path}`], 0]);
  });
});
