import { InvalidArgumentError, run, toShell, type Command } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { zfsCreateCommand, type ZfsCreateEncryptionOptions } from '../dataset/index.js';
import { zfsChangeKeyCommand, type ZfsChangeKeyOptions } from './change-key.js';
import { zfsLoadKeyCommand, type ZfsLoadKeyOptions } from './load-key.js';
import { zfsUnloadKeyCommand } from './unload-key.js';

const secret = 'correct horse battery staple';
const raw = new Uint8Array(32).fill(7);

const failure = (make: () => unknown): unknown => {
  try {
    return make();
  } catch (error) {
    return error;
  }
};

describe('zfsLoadKeyCommand', () => {
  it('builds the defaults', () => {
    expect(zfsLoadKeyCommand({ dataset: 'tank/vm' })).toEqual({
      file: 'zfs',
      args: ['load-key', '--', 'tank/vm'],
      effect: 'write',
      stop: 'wait',
    });
    expect(zfsLoadKeyCommand({ all: true }).args).toEqual(['load-key', '-a']);
  });

  it('builds all options, and a dry run as a read', () => {
    const keyLocation = 'file:///etc/zfs/tank.key';
    const stored = zfsLoadKeyCommand({ dataset: 'tank', keyLocation, dryRun: true });
    expect(stored.args).toEqual(['load-key', '-n', '-L', keyLocation, '--', 'tank']);
    expect(zfsLoadKeyCommand({ dataset: 'tank', recursive: true }).args).toEqual(['load-key', '-r', '--', 'tank']);
    expect(stored.effect).toBe('read');
  });

  it('gives a key by standard input alone', () => {
    const command = zfsLoadKeyCommand({ dataset: 'tank', key: secret, dryRun: true });
    expect(command).toMatchObject({ args: ['load-key', '-n', '-L', 'prompt', '--', 'tank'], stdin: secret });
    expect(zfsLoadKeyCommand({ dataset: 'tank', key: raw }).stdin).toEqual(raw);
  });

  it.each<unknown>([
    { dataset: 'tank', key: secret, recursive: true },
    { dataset: 'tank', keyLocation: 'file:///key', recursive: true },
    { dataset: 'tank', key: secret, keyLocation: 'file:///key' },
    { dataset: 'tank', keyLocation: secret },
    { dataset: 'tank', keyLocation: 'prompt' },
    { dataset: 'tank', keyLocation: '/key' },
    { dataset: 'tank', key: undefined },
    { dataset: 'tank', key: 'short' },
    { dataset: 'tank', key: `${secret}\n` },
    { dataset: 'tank', key: new Uint8Array(3) },
    { dataset: 'tank@1', key: secret },
    { all: true, key: secret },
  ])('refuses %j', (options) => {
    const error = failure(() => zfsLoadKeyCommand(options as ZfsLoadKeyOptions));
    expect(InvalidArgumentError.isInstance(error) && error.message).not.toContain(secret);
  });
});

describe('a key of the wrong form', () => {
  it.each([
    ['passphrase', 'short', 'a passphrase of 8 to 512 bytes in one line'],
    ['hex', 'short', '64 hex digits'],
    ['raw', 'short', '32 bytes, as a Uint8Array'],
    [undefined, 'short', 'a passphrase of 8 to 512 bytes in one line, or 64 hex digits, or 32 bytes, as a Uint8Array'],
  ] as const)('is refused as what it should be: %s', (keyFormat, key, expected) => {
    const change = { dataset: 'tank', key, ...(keyFormat !== undefined && { keyFormat }) };
    expect(failure(() => zfsChangeKeyCommand(change))).toMatchObject({ argument: 'key', expected });
    if (keyFormat === undefined) expect(failure(() => zfsLoadKeyCommand(change))).toMatchObject({ expected });
    else {
      const made = { name: 'tank/a', encryption: { keyFormat, key } };
      expect(failure(() => zfsCreateCommand(made))).toMatchObject({ argument: 'encryption.key', expected });
    }
  });
});

describe('zfsUnloadKeyCommand', () => {
  it('builds one dataset, and all', () => {
    expect(zfsUnloadKeyCommand({ dataset: 'tank/vm' })).toEqual({
      file: 'zfs',
      args: ['unload-key', '--', 'tank/vm'],
      effect: 'write',
      stop: 'wait',
    });
    expect(zfsUnloadKeyCommand({ dataset: 'tank', recursive: true }).args).toEqual(['unload-key', '-r', '--', 'tank']);
    expect(zfsUnloadKeyCommand({ all: true }).args).toEqual(['unload-key', '-a']);
  });
});

describe('zfsChangeKeyCommand', () => {
  it('builds the defaults', () => {
    expect(zfsChangeKeyCommand({ dataset: 'tank', key: secret })).toEqual({
      file: 'zfs',
      args: ['change-key', '-o', 'keylocation=prompt', '--', 'tank'],
      stdin: secret,
      effect: 'write',
      stop: 'wait',
    });
    expect(zfsChangeKeyCommand({ dataset: 'tank/vm', inherit: true }).args).toEqual([
      ...['change-key', '-i', '--', 'tank/vm'],
    ]);
  });

  it('builds all options', () => {
    const keyLocation = 'file:///etc/zfs/tank.key';
    const change = { keyFormat: 'passphrase', iterations: 500_000, loadKey: true } as const;
    const { args } = zfsChangeKeyCommand({ dataset: 'tank', keyLocation, ...change });
    const properties = ['keyformat=passphrase', `keylocation=${keyLocation}`, 'pbkdf2iters=500000'];
    expect(args).toEqual(['change-key', '-l', ...properties.flatMap((each) => ['-o', each]), '--', 'tank']);
    expect(zfsChangeKeyCommand({ dataset: 'tank', inherit: true, loadKey: true }).args).toContain('-l');
  });

  it.each<unknown>([
    { dataset: 'tank' },
    { dataset: 'tank', inherit: false },
    { dataset: 'tank', key: secret, inherit: true },
    { dataset: 'tank', key: secret, keyLocation: 'file:///key' },
    { dataset: 'tank', key: secret, keyFormat: 'hex' },
    { dataset: 'tank', key: secret, keyFormat: 'raw' },
    { dataset: 'tank', key: 'a'.repeat(32), keyFormat: 'raw' },
    { dataset: 'tank', key: raw, keyFormat: 'raw', iterations: 500_000 },
    { dataset: 'tank', key: secret, iterations: 1000 },
  ])('refuses %j', (options) => {
    const error = failure(() => zfsChangeKeyCommand(options as ZfsChangeKeyOptions));
    expect(InvalidArgumentError.isInstance(error) && error.message).not.toContain(secret);
  });
});

describe('zfsCreateCommand with encryption', () => {
  it('builds an encryption root', () => {
    const encryption = { keyFormat: 'passphrase', key: secret } as const;
    expect(zfsCreateCommand({ name: 'tank/vm', encryption })).toEqual({
      file: 'zfs',
      args: [
        ...['create', '-o', 'encryption=on', '-o', 'keyformat=passphrase', '-o', 'keylocation=prompt'],
        ...['--', 'tank/vm'],
      ],
      stdin: secret,
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds all of its options', () => {
    const encryption = {
      algorithm: 'aes-128-gcm',
      keyFormat: 'passphrase',
      keyLocation: 'file:///key',
      iterations: 500_000,
    } as const;
    const command = zfsCreateCommand({ name: 'tank', encryption });
    const properties = ['encryption=aes-128-gcm', 'keyformat=passphrase', 'keylocation=file:///key'];
    const words = [...properties, 'pbkdf2iters=500000'].flatMap((each) => ['-o', each]);
    expect(command.args).toEqual(['create', ...words, '--', 'tank']);
    expect(command.stdin).toBeUndefined();
  });

  it.each<unknown>([
    secret,
    { keyFormat: 'passphrase' },
    { key: secret },
    { keyFormat: 'passphrase', key: secret, keyLocation: 'file:///key' },
    { keyFormat: 'passphrase', key: 'a'.repeat(7) },
    { keyFormat: 'passphrase', key: 'ü'.repeat(257) },
    { keyFormat: 'hex', key: secret },
    { keyFormat: 'raw', key: new Uint8Array(31) },
    { keyFormat: 'passphrase', key: secret, algorithm: 'rot13' },
    { keyFormat: 'passphrase', ky: secret },
  ])('refuses %j', (encryption) => {
    const error = failure(() =>
      zfsCreateCommand({ name: 'tank', encryption: encryption as ZfsCreateEncryptionOptions }),
    );
    expect(InvalidArgumentError.isInstance(error) && error.argument).toMatch(/^encryption/);
    expect(JSON.stringify(error) + String(error)).not.toContain(secret);
  });
});

describe('a key', () => {
  const commands: readonly Command[] = [
    zfsLoadKeyCommand({ dataset: 'tank', key: secret }),
    zfsChangeKeyCommand({ dataset: 'tank', key: secret }),
    zfsCreateCommand({ name: 'tank/vm', encryption: { keyFormat: 'passphrase', key: secret } }),
  ];

  it.each(commands)('is in no word, no line for people and no error: %o', async (command) => {
    expect(command.args.join(' ')).not.toContain(secret);
    expect(toShell(command)).not.toContain(secret);
    const transport = scriptedTransport(() => ({ exitCode: 255, stderr: 'Key load error: no.\n' }));
    const error: unknown = await run(transport, command).catch((reason: unknown) => reason);
    expect(JSON.stringify(error) + String(error) + ((error as Error).stack ?? '')).not.toContain(secret);
  });
});
