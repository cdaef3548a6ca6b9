import { once } from 'node:events';
import path from 'node:path';
import { execa } from 'execa';
import { expect, it, vi } from 'vitest';
import { openCache } from '../../src/cache.js';
import { findInstance, sweepInstances } from '../../src/instances.js';
import { machineMark } from '../../src/machine-arguments.js';
import { findProcesses } from '../../src/process-identity.js';

const index = path.join(import.meta.dirname, '../../src/index.ts');

it('ends the machine of a killed process, and then removes its lab', async () => {
  const name = `killed-${process.pid}`;
  const program = `
    import { startLab } from ${JSON.stringify(index)};
    await startLab({ name: ${JSON.stringify(name)} });
    console.log('started');
    setInterval(() => undefined, 1000);
  `;
  const words = ['--conditions=@quiesce/source', '--import', 'tsx', '--input-type=module', '--eval', program];
  const owner = execa('node', words, { cwd: import.meta.dirname, reject: false, buffer: false });
  // Not by iterating: to stop iterating would be to wait for its end.
  await once(owner.stdout, 'data');

  const cache = await openCache();
  const left = await findInstance(cache, name);
  expect(left?.state).toBe('running');
  const mark = machineMark(left?.directory ?? '');
  owner.kill('SIGKILL');
  await owner;
  await vi.waitFor(async () => expect(await findProcesses(mark)).toEqual([]), { timeout: 10_000 });
  expect((await findInstance(cache, name))?.state).toBe('abandoned');

  expect(await sweepInstances(cache)).toContain(name);
  expect(await findInstance(cache, name)).toBeUndefined();
});
