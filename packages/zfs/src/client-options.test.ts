import { InvalidArgumentError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { createZfs, type ZfsClientOptions } from './create-zfs.js';

describe('what a client is made with', () => {
  // With any of them it would run on this machine, or fail late.
  it.each<[string, unknown]>([
    ['transprt', { transprt: scriptedTransport(() => ({})) }],
    ['host', { host: 'nas' }],
    ['transport', { transport: 'nas' }],
    ['transport', { transport: null }],
    ['start', scriptedTransport(() => ({}))],
    ['options', null],
    ['path', { path: '' }],
    ['zpoolPath', { zpoolPath: '-x' }],
    ['timeoutMs', { timeoutMs: '5' }],
    ['maximumOutputBytes', { maximumOutputBytes: '16MiB' }],
    ['signal', { signal: new AbortController().signal }],
  ])('is refused where it is wrong: %s', (argument, options) => {
    const make = (): unknown => createZfs(options as ZfsClientOptions);
    expect(make).toThrow(InvalidArgumentError);
    expect(make).toThrow(new RegExp(`^(?:name|${argument})`));
  });

  it('is taken where it is right, also undefined', () => {
    const transport = scriptedTransport(() => ({}));
    expect(createZfs({ transport, path: '/sbin/zfs', timeoutMs: 5, maximumOutputBytes: 1 })).toBeDefined();
    expect(createZfs({ transport: undefined } as never)).toBeDefined();
  });

  it('holds for the limits of run too', async () => {
    const transport = scriptedTransport(() => ({}));
    const command = { file: 'zfs', args: ['list'], effect: 'read', stop: 'kill' } as const;
    await expect(createZfs({ transport }).run(command, { timeout: 5 } as never)).rejects.toThrow(/as timeoutMs/);
    expect(transport.commands).toEqual([]);
  });
});
