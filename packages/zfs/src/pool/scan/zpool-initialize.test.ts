import { describe, expect, it } from 'vitest';
import { zpoolInitializeCommand } from './zpool-initialize.js';

describe('zpoolInitializeCommand', () => {
  it('builds the defaults', () => {
    expect(zpoolInitializeCommand({ pool: 'tank' })).toEqual({
      file: 'zpool',
      args: ['initialize', '--', 'tank'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds all options', () => {
    expect(zpoolInitializeCommand({ pool: 'tank', devices: ['sda', 'sdb'], wait: true })).toMatchObject({
      args: ['initialize', '-w', '--', 'tank', 'sda', 'sdb'],
      stop: 'kill',
    });
    const words = (action: 'suspend' | 'cancel' | 'uninitialize'): string | undefined =>
      zpoolInitializeCommand({ pool: 'tank', action }).args[1];
    expect([words('suspend'), words('cancel'), words('uninitialize')]).toEqual(['-s', '-c', '-u']);
  });

  it('refuses what does not go together, and what is no device', () => {
    expect(() => zpoolInitializeCommand({ pool: 'tank', action: 'cancel', wait: true })).toThrow(/^action: /);
    expect(() => zpoolInitializeCommand({ pool: 'tank', devices: '' })).toThrow(/^devices: /);
  });
});
