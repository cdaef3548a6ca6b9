import { once } from 'node:events';
import path from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { openCache } from '../../src/cache.js';
import { findInstance, sweepInstances } from '../../src/instances.js';
import { machineMark } from '../../src/machine-arguments.js';
import { findProcesses } from '../../src/process-identity.js';

const index = path.join(import.meta.dirname, '../../src/index.ts');

it('finds the lab of a killed process and stops it', async () => {
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
  expect(await findProcesses(mark)).toHaveLength(1);
  expect((await findInstance(cache, name))?.state).toBe('abandoned');

  expect(await sweepInstances(cache)).toContain(name);
  expect(await findProcesses(mark)).toEqual([]);
  expect(await findInstance(cache, name)).toBeUndefined();
});
