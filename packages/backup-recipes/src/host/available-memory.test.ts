import { localTransport, run } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { memoryCommand, parseAvailableMemory } from './available-memory.js';

describe('parseAvailableMemory', () => {
  it('reads what the kernel tells', async () => {
    const { stdout } = await run(localTransport(), memoryCommand());
    expect(parseAvailableMemory(stdout)).toBeGreaterThan(0);
    expect(parseAvailableMemory('MemTotal: 9 kB\nMemAvailable:    2107872 kB\n')).toBe(2_107_872 * 1024);
  });

  it('takes nothing else', () => {
    expect(() => parseAvailableMemory('')).toThrow('did not tell');
  });
});
