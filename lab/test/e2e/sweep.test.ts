import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeLock } from '../../src/build-lock.js';
import type { Cache } from '../../src/cache.js';
import { locateImage } from '../../src/image.js';
import { writeRecord, type InstanceRecord } from '../../src/instance-record.js';
import { findInstance, sweepInstances } from '../../src/instances.js';
import { machineMark } from '../../src/machine-arguments.js';
import { findProcesses, identifyThisProcess } from '../../src/process-identity.js';
import { locateReady } from '../../src/ready.js';
import { sweepCache } from '../../src/sweep-cache.js';

let cache: Cache;
beforeEach(async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'quiesce-sweep-'));
  const [images, ready, instances] = ['images', 'ready', 'instances'].map((name) => path.join(root, name));
  cache = { root, images: images ?? '', ready: ready ?? '', instances: instances ?? '' };
  for (const folder of [cache.images, cache.ready, cache.instances]) await mkdir(folder);
});
afterEach(() => rm(cache.root, { recursive: true }));

const old = '0123456789abcdef';
const used = 'fedcba9876543210';

async function addInstance(name: string, more: Partial<InstanceRecord> = {}): Promise<void> {
  const facts = { release: 'trixie', accelerator: 'tcg', imageHash: used, readyHash: used } as const;
  await mkdir(path.join(cache.instances, name));
  await writeRecord(path.join(cache.instances, name), { name, ...facts, sshPort: 1, startedAt: '', ...more });
}

describe('the sweep before each command', () => {
  it('stops the machine of a killed build, and lets one that goes on be', async () => {
    const [killed, current] = [old, used].map((hash) => path.join(cache.ready, `.building-${hash}`));
    for (const folder of [killed, current]) await mkdir(folder ?? '');
    const mark = machineMark(killed ?? '');
    const machine = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', mark]);
    await once(machine, 'spawn');
    await using _held = await takeLock(path.join(cache.ready, `${used}.lock`));
    await sweepInstances(cache);
    expect(await findProcesses(mark)).toEqual([]);
    const left = (await readdir(cache.ready)).filter((name) => !name.endsWith('.lock'));
    expect(left).toEqual([`.building-${used}`]);
  });

  it('removes dead labs, but not one that a process of now resets', async () => {
    await addInstance('dead');
    await addInstance('in-reset', { owner: await identifyThisProcess() });
    expect(await sweepInstances(cache)).toEqual(['dead']);
    expect((await findInstance(cache, 'in-reset'))?.state).toBe('starting');
  });

  it('keeps what a machine that ended by itself said last', async () => {
    await addInstance('dead');
    await writeFile(path.join(cache.instances, 'dead', 'console.log'), 'Kernel panic');
    expect(await sweepInstances(cache)).toEqual(['dead']);
    expect(await readdir(cache.instances)).toEqual([]);
    expect(await readdir(path.join(cache.root, 'ended/dead'))).toEqual(['console.log']);
    expect(await readFile(path.join(cache.root, 'ended/dead/console.log'), 'utf8')).toBe('Kernel panic');
  });
});

it('removes from the cache what is neither current nor in use', async () => {
  await addInstance('running', { owner: await identifyThisProcess() });
  const image = await locateImage(cache, 'bookworm');
  const ready = await locateReady(cache, image, { accelerator: 'tcg' });
  const [currentImage, currentReady] = [image, ready].map(({ directory }) => path.basename(directory));
  for (const name of [old, used, currentImage ?? '']) await mkdir(path.join(cache.images, name));
  for (const name of [old, used, currentReady ?? '', `.building-${old}`]) await mkdir(path.join(cache.ready, name));
  await sweepCache(cache);
  expect(await readdir(cache.images)).toContain(old);
  await rm(path.join(cache.ready, `.building-${old}`), { recursive: true });
  const steps: string[] = [];
  await sweepCache(cache, ({ kind, step }) => {
    if (kind === 'finished') steps.push(step);
  });
  expect(steps).toEqual([
    `Removing ready/${old}, which is out of date`,
    `Removing images/${old}, which is out of date`,
  ]);
  const unlocked = async (folder: string): Promise<string[]> =>
    (await readdir(folder)).filter((name) => !name.endsWith('.lock'));
  expect(await unlocked(cache.images)).toEqual([used, currentImage].sort());
  expect(await unlocked(cache.ready)).toEqual([used, currentReady].sort());
});
