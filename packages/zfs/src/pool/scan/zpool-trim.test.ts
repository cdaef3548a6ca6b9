import { describe, expect, it } from 'vitest';
import { zpoolTrimCommand } from './zpool-trim.js';

describe('zpoolTrimCommand', () => {
  it('builds the defaults', () => {
    expect(zpoolTrimCommand({ pool: 'tank' })).toEqual({
      file: 'zpool',
      args: ['trim', '--', 'tank'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds all options', () => {
    const devices = ['sda', '/dev/disk/by-id/a b'];
    const all = { pool: 'tank', devices, bytesPerSecond: 1024, secure: true, wait: true };
    expect(zpoolTrimCommand(all)).toMatchObject({
      args: ['trim', '-r', '1024', '-d', '-w', '--', 'tank', ...devices],
      stop: 'kill',
    });
    expect(zpoolTrimCommand({ pool: 'tank', action: 'suspend' }).args).toEqual(['trim', '-s', '--', 'tank']);
    expect(zpoolTrimCommand({ pool: 'tank', action: 'cancel' }).args).toEqual(['trim', '-c', '--', 'tank']);
  });

  it('refuses what does not go together, and what is no device', () => {
    expect(() => zpoolTrimCommand({ pool: 'tank', action: 'cancel', secure: true })).toThrow(/^action: /);
    expect(() => zpoolTrimCommand({ pool: 'tank', devices: ['sda', '-w'] })).toThrow(/^devices\[1\]: /);
  });
});
