import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lines, localTransport, pipe, run } from '@quiesce/command';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSums, sumsCommand } from './file-sums.js';
import {
  parseVolumeSum,
  readImageCommand,
  volumeSumCommand,
  writeVolumeCommand,
  writtenBytes,
} from './volume-image.js';

const transport = localTransport();
const extent = 4 * 2 ** 20;
const sizeBytes = 2 ** 20 + 512;
const restBytes = extent - sizeBytes;
const image = Buffer.alloc(sizeBytes, 'an image ');
image.fill(0, 4096, 2 ** 19);
let base: string;
let from: string;
/** A file in place of the device, with what a removed volume left there. */
let device: string;

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), "quiesce-volume it's-"));
  from = path.join(base, "it's.img");
  device = path.join(base, 'device 1');
  await writeFile(from, image);
  await writeFile(device, Buffer.alloc(extent, 'x'));
});

afterEach(async () => {
  await rm(base, { recursive: true });
});

async function expectWhole(): Promise<void> {
  const found = await readFile(device);
  expect(found.equals(Buffer.concat([image, Buffer.alloc(restBytes)]))).toBe(true);
}

describe('writeVolumeCommand', () => {
  it('writes an image with its holes, zeros after it, and tells how far it is', async () => {
    const told: (number | undefined)[] = [];
    for await (const line of lines(transport, writeVolumeCommand({ device, sizeBytes, restBytes, from }))) {
      told.push(writtenBytes(line));
    }
    expect(told.at(-1)).toBe(sizeBytes);
    expect(told).not.toContain(undefined);
    await expectWhole();
  });

  it('writes what another host sends', async () => {
    await pipe([
      { transport, command: readImageCommand({ path: from }) },
      { transport, command: writeVolumeCommand({ device, sizeBytes, restBytes }) },
    ]);
    await expectWhole();
  });

  it('writes nothing after an image that fills its volume', async () => {
    await run(transport, writeVolumeCommand({ device, sizeBytes, restBytes: 0, from }));
    const found = await readFile(device);
    expect(found.subarray(sizeBytes).equals(Buffer.alloc(restBytes, 'x'))).toBe(true);
  });

  it('makes no file where there is no device, and says what is wrong', async () => {
    const gone = path.join(base, 'gone');
    await expect(run(transport, writeVolumeCommand({ device: gone, sizeBytes, restBytes, from }))).rejects.toThrow(
      /failed to open .*gone.*No such file/,
    );
    await expect(readFile(gone)).rejects.toThrow('ENOENT');
    await expect(
      run(transport, writeVolumeCommand({ device, sizeBytes, restBytes, from: `${from}.gone` })),
    ).rejects.toThrow(/No such file/);
  });

  it('fails where the device is too small', async () => {
    const command = writeVolumeCommand({ device: '/dev/full', sizeBytes, restBytes, from });
    await expect(run(transport, command)).rejects.toThrow(/No space left/);
  });
});

describe('volumeSumCommand', () => {
  it('is the checksum that is kept of the image, whatever comes after it', async () => {
    await run(transport, writeVolumeCommand({ device, sizeBytes, restBytes, from }));
    const name = path.basename(from);
    const kept = parseSums((await run(transport, sumsCommand({ folder: base, names: [name] }))).stdout);
    const { stdout } = await run(transport, volumeSumCommand({ device, sizeBytes }));
    expect(parseVolumeSum(stdout)).toBe(kept.get(name));
    expect(() => parseVolumeSum('what')).toThrow('no checksum');
    await expect(run(transport, volumeSumCommand({ device: `${device}.gone`, sizeBytes }))).rejects.toThrow(/gone/);
  });
});
