import { describe, expect, it } from 'vitest';
import type { ImageHeader } from '../host/image-header.js';
import { backingChain } from './backing-chains.js';

const image = (file: string): { path: string; folder: string; file: string } => ({
  ...{ path: `/srv/vm/${file}`, folder: 'vm', file },
});
const [top, middle, base] = [image('top.qcow2'), image('middle.qcow2'), image('base.raw')];

async function chainOf(headers: Readonly<Record<string, Partial<ImageHeader>>>): ReturnType<typeof backingChain> {
  return backingChain(top, 'qcow2', {
    images: [top, middle, base],
    readHeader: ({ file }) =>
      Promise.resolve({ backing: undefined, backingFormat: undefined, dataFile: undefined, ...headers[file] }),
  });
}

describe('backingChain', () => {
  it('follows headers down to the last image', async () => {
    const headers = {
      'top.qcow2': { backing: '/srv/vm/middle.qcow2', backingFormat: 'qcow2' },
      'middle.qcow2': { backing: 'base.raw', backingFormat: 'raw' },
    };
    expect(await chainOf(headers)).toEqual([
      { image: middle, format: 'qcow2' },
      { image: base, format: 'raw' },
    ]);
  });

  it('is nothing below an image that stands alone', async () => {
    expect(await chainOf({})).toEqual([]);
  });

  it.each([
    [{ backing: '/host/base.qcow2', backingFormat: 'qcow2' }, 'needs /host/base.qcow2, which is not in the backup'],
    [{ backing: 'json:{"driver":"nbd"}', backingFormat: 'raw' }, 'which is not in the backup'],
    [{ backing: 'middle.qcow2' }, 'does not say of what format'],
    [{ backing: 'top.qcow2', backingFormat: 'qcow2' }, 'lies below itself'],
    [{ dataFile: '/host/data.raw' }, 'the data of /srv/vm/top.qcow2 are in /host/data.raw'],
  ])('refuses %j', async (header, problem) => {
    expect(await chainOf({ 'top.qcow2': header })).toEqual({ problem: expect.stringContaining(problem) as string });
  });
});
