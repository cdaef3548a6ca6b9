import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { imageIn } from './image.js';
import { makeSshOptions } from './lab-ssh.js';
import { fitsImage } from './ready.js';

let directory: string;
beforeAll(async () => (directory = await mkdtemp(path.join(tmpdir(), 'quiesce-ready-'))));
afterAll(() => rm(directory, { recursive: true }));

it('fits the image that it was made from, and not one that was built in its place', async () => {
  const image = imageIn(directory, 'trixie', 'hash');
  const ready = { image, accelerator: 'tcg', directory } as const;
  await writeFile(image.hostKeyFile, 'ssh-ed25519 AAAAfirst quiesce-lab\n');
  await makeSshOptions(directory, 4242, image);
  expect(await fitsImage(ready)).toBe(true);
  await writeFile(image.hostKeyFile, 'ssh-ed25519 AAAAsecond quiesce-lab\n');
  expect(await fitsImage(ready)).toBe(false);
});
