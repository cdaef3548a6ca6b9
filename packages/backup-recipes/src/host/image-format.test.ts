import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localTransport, run } from '@quiesce/command';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstBytesCommand, parseImageFormat } from './image-format.js';

let base: string;

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'quiesce-format-'));
});

afterEach(async () => {
  await rm(base, { recursive: true });
});

const vdi = Buffer.alloc(512);
vdi.set([0x7f, 0x10, 0xda, 0xbe], 64);

describe('the format of an image', () => {
  it.each([
    ['raw', Buffer.alloc(4096)],
    ['raw', Buffer.from('')],
    ['raw', Buffer.from('short')],
    ['raw', Buffer.from(' QFI\xfb not at its beginning', 'latin1')],
    ['qcow2', Buffer.from('QFI\xfb\0\0\0\x03', 'latin1')],
    ['vmdk', Buffer.from('KDMV')],
    ['vmdk', Buffer.from('# Disk DescriptorFile\nversion=1\n')],
    ['vdi', vdi],
    ['vhdx', Buffer.from('vhdxfile')],
  ])('is %s', async (format, content) => {
    const file = path.join(base, "-it's.img");
    await writeFile(file, content);
    const { stdout } = await run(localTransport(), firstBytesCommand({ path: file }));
    expect(parseImageFormat(stdout)).toBe(format);
  });

  it('is not guessed from anything else', () => {
    expect(() => parseImageFormat('no such file')).toThrow('did not tell');
  });
});
