import { Readable } from 'node:stream';
import { InvalidArgumentError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { createZfs } from '../create-zfs.js';
import { zfsAbortReceiveCommand } from './abort-receive.js';
import { zfsReceiveCommand, type ZfsReceiveWordOptions } from './receive.js';
import { zfsResumeTokenCommand } from './resume-token.js';

describe('zfsReceiveCommand', () => {
  it('builds one dataset', () => {
    expect(zfsReceiveCommand({ dataset: 'backup/my vm' })).toEqual({
      file: 'zfs',
      args: ['receive', '--', 'backup/my vm'],
      effect: 'write',
      stop: 'kill',
    });
  });

  it('builds every option', () => {
    const options: ZfsReceiveWordOptions = {
      dataset: 'backup/vm@monday',
      rollback: true,
      resumable: true,
      mount: false,
      forceUnmount: true,
      skipHolds: true,
      properties: { mountpoint: 'none', 'quiesce:run': 'a b' },
      excludedProperties: ['compression', 'quota'],
    };
    expect(zfsReceiveCommand(options).args).toEqual([
      ...['receive', '-F', '-s', '-u', '-M', '-h', '-o', 'mountpoint=none', '-o', 'quiesce:run=a b'],
      ...['-x', 'compression', '-x', 'quota', '--', 'backup/vm@monday'],
    ]);
    expect(zfsReceiveCommand({ dataset: 'backup', appendPath: true }).args).toEqual(['receive', '-d', '--', 'backup']);
    expect(zfsReceiveCommand({ dataset: 'backup', appendLastPart: true }).args).toEqual([
      ...['receive', '-e', '--', 'backup'],
    ]);
  });

  it.each([
    [{ dataset: 'backup', appendPath: true, appendLastPart: true }, 'appendLastPart'],
    [{ dataset: 'backup@1', appendPath: true }, 'dataset'],
    [{ dataset: 'backup#1' }, 'dataset'],
    [{ dataset: 'backup', properties: { quota: '1G' }, excludedProperties: ['quota'] }, 'excludedProperties'],
  ])('refuses %j', (options, argument) => {
    let error: unknown;
    try {
      zfsReceiveCommand(options);
    } catch (thrown) {
      error = thrown;
    }
    expect(InvalidArgumentError.isInstance(error) && error.argument).toBe(argument);
  });
});

describe('zfs.receive', () => {
  it('hands on the stream and its limits', async () => {
    const transport = scriptedTransport(() => ({}));
    await createZfs({ transport }).receive({ dataset: 'backup/vm', input: Readable.from([Buffer.from('stream')]) });
    expect(transport.commands.map(({ args }) => args)).toEqual([['receive', '--', 'backup/vm']]);
  });
});

describe('zfsAbortReceiveCommand, zfsResumeTokenCommand', () => {
  it('build one dataset', () => {
    expect(zfsAbortReceiveCommand({ dataset: 'backup/vm' }).args).toEqual(['receive', '-A', '--', 'backup/vm']);
    expect(zfsResumeTokenCommand({ dataset: 'backup/vm' }).args).toEqual([
      ...['get', '-Hp', '-o', 'name,property,source,value', '--', 'receive_resume_token', 'backup/vm'],
    ]);
  });
});
