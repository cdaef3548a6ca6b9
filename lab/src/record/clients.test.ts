import { describe, expect, it } from 'vitest';
import { loadScenarios, requireClient } from './clients.js';

describe('requireClient', () => {
  it('takes a client that has scenarios', async () => {
    await expect(requireClient('zfs')).resolves.toBeUndefined();
  });
  it.each(['nfs', 'command', '', '..'])('refuses %j and names those that there are', async (client) => {
    await expect(requireClient(client)).rejects.toThrow(/There are: .*zfs/);
  });
});

describe('loadScenarios', () => {
  it('has a scenario for each topic', async () => {
    const scenarios = await loadScenarios('zfs');
    expect([...scenarios.keys()]).toEqual(expect.arrayContaining(['dataset', 'help', 'pool', 'snapshot']));
    expect(scenarios.get('help')?.cases.map(({ name }) => name)).toContain('help');
  });
});
