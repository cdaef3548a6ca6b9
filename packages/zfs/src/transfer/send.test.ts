import { InvalidArgumentError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { createZfs } from '../create-zfs.js';
import { zfsSendCommand, type ZfsSendOptions } from './send.js';
import { zfsSendSizeCommand } from './send-size.js';

const snapshot = 'tank/my vm@monday';

describe('send of several snapshots', () => {
  const several = { snapshot, incrementalFrom: '@sunday', intermediates: true } as const;
  const sent = async (keystatus: string, options: ZfsSendOptions = several): Promise<readonly string[]> => {
    const transport = scriptedTransport(({ args }) => ({
      stdout: args[0] === 'get' ? `tank/my vm\tkeystatus\t-\t${keystatus}\n` : 'bytes',
    }));
    for await (const bytes of createZfs({ transport }).send(options)) expect(String(bytes)).toBe('bytes');
    return transport.commands.map(({ args }) => args[0] ?? '');
  };

  it('looks first whether the key is loaded: OpenZFS 2.1 would send none, and be content', async () => {
    expect(await sent('available')).toEqual(['get', 'send']);
    expect(await sent('-')).toEqual(['get', 'send']);
    await expect(sent('unavailable')).rejects.toMatchObject({ name: 'KeyNotLoadedError', dataset: 'tank/my vm' });
  });

  it('does not where none is needed, or zfs tells it', async () => {
    expect(await sent('unavailable', { ...several, raw: true })).toEqual(['send']);
    expect(await sent('unavailable', { snapshot, incrementalFrom: '@sunday' })).toEqual(['send']);
  });

  it('refuses wrong options at once', () => {
    const zfs = createZfs({ transport: scriptedTransport(() => ({})) });
    expect(() => zfs.send({ snapshot, intermediates: true })).toThrow(/^intermediates: /);
  });
});

describe('zfsSendCommand', () => {
  it('builds one snapshot', () => {
    expect(zfsSendCommand({ snapshot })).toEqual({
      file: 'zfs',
      args: ['send', '--', snapshot],
      effect: 'read',
      stop: 'kill',
    });
  });

  it('builds every option', () => {
    const options: ZfsSendOptions = {
      snapshot,
      incrementalFrom: '@sunday',
      intermediates: true,
      replicate: true,
      excludedDatasets: ['tank/my vm/scratch', 'tank/my vm/tmp'],
      skipMissing: true,
      properties: true,
      receivedProperties: true,
      holds: true,
      raw: true,
      compressed: true,
      largeBlocks: true,
      embedded: true,
    };
    expect(zfsSendCommand(options).args).toEqual([
      ...['send', '-w', '-c', '-L', '-e', '-p', '-b', '-h', '-R', '-s', '-X', 'tank/my vm/scratch,tank/my vm/tmp'],
      ...['-I', 'tank/my vm@sunday', '--', snapshot],
    ]);
  });

  it.each([
    ['tank/my vm@sunday', 'tank/my vm@sunday'],
    ['@sunday', 'tank/my vm@sunday'],
    ['#mark', 'tank/my vm#mark'],
    ['tank/origin@1', 'tank/origin@1'],
  ])('builds an increment from %s', (incrementalFrom, word) => {
    expect(zfsSendCommand({ snapshot, incrementalFrom }).args).toEqual(['send', '-i', word, '--', snapshot]);
  });

  it('builds the rest of a stream, and what was kept of one', () => {
    const resumeToken = '1-c740b4779-c0-789c636064';
    expect(zfsSendCommand({ resumeToken }).args).toEqual(['send', '-t', resumeToken]);
    expect(zfsSendCommand({ resumeToken, raw: true }).args).toEqual(['send', '-w', '-t', resumeToken]);
    expect(zfsSendCommand({ saved: 'tank/vm' }).args).toEqual(['send', '--saved', '--', 'tank/vm']);
  });

  it.each([
    [{ snapshot: 'tank/vm' }, 'snapshot'],
    [{ snapshot: 'tank/vm#mark' }, 'snapshot'],
    [{ snapshot, incrementalFrom: 'sunday' }, 'incrementalFrom'],
    [{ snapshot, incrementalFrom: '-@sunday' }, 'incrementalFrom'],
    [{ snapshot, incrementalFrom: '@monday' }, 'incrementalFrom'],
    [{ snapshot, incrementalFrom: snapshot }, 'incrementalFrom'],
    [{ snapshot, intermediates: true }, 'intermediates'],
    [{ snapshot, incrementalFrom: '#mark', intermediates: true }, 'incrementalFrom'],
    [{ snapshot, incrementalFrom: '#mark', replicate: true }, 'incrementalFrom'],
    [{ snapshot, skipMissing: true }, 'skipMissing'],
    [{ snapshot, excludedDatasets: 'tank/my vm/tmp' }, 'excludedDatasets'],
    [{ resumeToken: '-t' }, 'resumeToken'],
    [{ resumeToken: '1-abc; reboot' }, 'resumeToken'],
    [{ resumeToken: '1-abc', compressed: true }, 'compressed'],
    [{ saved: 'tank/vm@1' }, 'saved'],
  ])('refuses %j', (options, argument) => {
    let error: unknown;
    try {
      zfsSendCommand(options);
    } catch (thrown) {
      error = thrown;
    }
    expect(InvalidArgumentError.isInstance(error) && error.argument).toBe(argument);
  });
});

describe('zfsSendSizeCommand', () => {
  it('asks for the same, and sends nothing', () => {
    const options = { snapshot, incrementalFrom: '#mark', raw: true };
    expect(zfsSendSizeCommand(options)).toEqual({
      ...zfsSendCommand(options),
      args: ['send', '-nvP', '-w', '-i', 'tank/my vm#mark', '--', snapshot],
    });
  });
});
