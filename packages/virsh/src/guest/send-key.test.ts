import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { linuxKeys, type LinuxKey } from './linux-keys.js';
import { virshSendKeyCommand, type VirshSendKeyLinuxOptions } from './send-key.js';

describe('virshSendKeyCommand', () => {
  it('builds the defaults', () => {
    expect(virshSendKeyCommand({ domain: 'MySQL', keys: ['KEY_LEFTALT', 'KEY_SYSRQ', 'KEY_S'] })).toEqual({
      file: 'virsh',
      args: ['send-key', '--domain=MySQL', '--', 'KEY_LEFTALT', 'KEY_SYSRQ', 'KEY_S'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds all options', () => {
    const { args } = virshSendKeyCommand({
      domain: 'MySQL',
      codeset: 'win32',
      holdtimeMs: 250,
      keys: ['VK_SPACE', 65],
    });
    expect(args).toEqual(['send-key', '--domain=MySQL', '--codeset=win32', '--holdtime=250', '--', 'VK_SPACE', '65']);
  });

  it.each([
    { keys: [] },
    { keys: linuxKeys.slice(0, 17) },
    { keys: ['-x' as LinuxKey] },
    { keys: ['KEY_A KEY_B' as LinuxKey] },
    { keys: ['' as LinuxKey] },
    { keys: [-1] },
    { keys: [1.5] },
    { keys: ['KEY_A'] as const, holdtimeMs: 0 },
    { keys: ['KEY_A'] as const, holdtimeMs: 2 ** 31 },
  ])('refuses %j', (options) => {
    expect(() => virshSendKeyCommand({ domain: 'MySQL', ...options })).toThrow(InvalidArgumentError);
  });

  it('knows the keys by their names', () => {
    expectTypeOf<'KEY_SYSRQ'>().toExtend<LinuxKey>();
    expectTypeOf<'KEY_BOGUS'>().not.toExtend<LinuxKey>();
    expectTypeOf<string>().not.toExtend<VirshSendKeyLinuxOptions['keys'][number]>();
    expect(linuxKeys.length).toBe(new Set(linuxKeys).size);
  });
});
