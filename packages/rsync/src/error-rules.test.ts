import { ExitError, mapExitError } from '@quiesce/command';
import { recordedBytes, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { rsyncErrors } from './error-rules.js';
import {
  ConnectionError,
  DaemonRefusedError,
  FileIoError,
  KilledError,
  MaxDeleteError,
  OutOfMemoryError,
  OutOfSpaceError,
  PartialTransferError,
  ProtocolError,
  RemoteShellError,
  SelectionError,
  StopTimeReachedError,
  UnsupportedError,
  UsageError,
  VanishedFilesError,
} from './errors.js';
import { createMessageParser } from './output/message-parser.js';
import type { FileFailure } from './output/messages.js';
import { createOutputParser } from './output/output-parser.js';
import { rsyncCommand } from './sync/sync-command.js';

const command = rsyncCommand({ source: '/a/', destination: '/b/' });

function errorOf(release: string, name: string): ExitError {
  const { stdout, stderr, exitCode } = recordedBytes(release, name);
  const [output, messages] = [createOutputParser(), createMessageParser()];
  output.push(stdout);
  messages.push(stderr);
  const texts = { stdout: output.lines().join('\n'), stderr: messages.lines().join('\n') };
  return mapExitError(new ExitError({ command, exitCode, signal: undefined, ...texts }), rsyncErrors);
}

function failuresOf(error: ExitError): readonly FileFailure[] {
  return FileIoError.isInstance(error) || PartialTransferError.isInstance(error) ? error.failures : [];
}

describe.each(releases('rsync'))('rsyncErrors on %s', (release) => {
  // What was recorded on Debian 12 is from before the recorder had its own folder.
  const work = '/tmp/quiesce-recording';

  it.each<[string, { readonly errorName: string }]>([
    ['unknown-option', UsageError],
    ['not-a-directory', SelectionError],
    ['unsupported', UnsupportedError],
    ['missing-parent', FileIoError],
    ['missing-exclude-file', FileIoError],
    ['missing-source', PartialTransferError],
    ['list-missing', PartialTransferError],
    ['unreadable', PartialTransferError],
    ['unwritable', PartialTransferError],
    ['undeletable', PartialTransferError],
    ['clash', PartialTransferError],
    ['no-space', OutOfSpaceError],
    ['no-inodes', OutOfSpaceError],
    ['vanished', VanishedFilesError],
    ['max-delete', MaxDeleteError],
    ['io-timeout', ConnectionError],
    ['no-connection', ConnectionError],
    ['receiver-killed', ConnectionError],
    ['remote-shell', RemoteShellError],
    ['terminated', KilledError],
    ['daemon-unknown-module', DaemonRefusedError],
    ['daemon-password', DaemonRefusedError],
    ['daemon-denied', DaemonRefusedError],
    ['daemon-busy', DaemonRefusedError],
    ['daemon-read-only', DaemonRefusedError],
    ['garbage', ProtocolError],
    ['no-remote-rsync', RemoteShellError],
    ['cut-off-push', ConnectionError],
    ['cut-off-pull', ConnectionError],
    ['out-of-memory', OutOfMemoryError],
    ['stop-time', StopTimeReachedError],
  ])('makes of %s a %o', (name, expected) => {
    const error = errorOf(release, name);
    expect(error.name).toBe(expected.errorName);
    expect(error).toMatchObject({ exitCode: recordedBytes(release, name).exitCode, command });
    expect(error.message).not.toContain('\n');
  });

  it('names the files that could not be read, and what was done', () => {
    const error = errorOf(release, 'unreadable');
    expect(error).toMatchObject({
      failures: [
        { path: `${work}/closed/dir`, reason: 'Permission denied', errno: 13, operation: 'opendir' },
        {
          path: `${work}/closed/sec"ret\nä${String.raw`\#377`} (13)`,
          reason: 'Permission denied',
          errno: 13,
          operation: 'send_files failed to open',
        },
      ],
      stats: { filesTransferred: 2 },
    });
    expect(error.message).toBe(
      `not everything was transferred: ${work}/closed/dir: Permission denied and 1 more (exit code 23: ` +
        'rsync --info=progress2,stats2 --no-human-readable --outbuf=L --8-bit-output -- /a/ /b/)',
    );
  });

  it('names the file that could not be written, not the temporary one', () => {
    expect(errorOf(release, 'unwritable')).toMatchObject({ failures: [{ path: `${work}/readonly/open`, errno: 13 }] });
    const failures = failuresOf(errorOf(release, 'undeletable'));
    // In no order: they come from two processes.
    expect(new Set(failures.map(({ path }) => path))).toEqual(
      new Set(['sub/x', `${work}/readonly/dir`, `${work}/readonly/open`]),
    );
    expect(errorOf(release, 'clash')).toMatchObject({ failures: [{ path: 'x', errno: undefined }] });
    expect(errorOf(release, 'missing-source')).toMatchObject({ failures: [{ path: `${work}/image/none`, errno: 2 }] });
  });

  it('knows a full disk by its two codes', () => {
    const noSpace = errorOf(release, 'no-space');
    expect(noSpace).toMatchObject({ exitCode: 11, failures: [{ path: `${work}/full/disk`, errno: 28 }] });
    const noInodes = errorOf(release, 'no-inodes');
    expect(noInodes).toMatchObject({ exitCode: 23 });
    expect(failuresOf(noInodes).at(-1)).toMatchObject({ path: `${work}/full/file6`, errno: 28 });
    expect(FileIoError.isInstance(noInodes)).toBe(true);
  });

  it('names what vanished, and says how many were not removed', () => {
    expect(errorOf(release, 'vanished')).toMatchObject({
      files: [{ path: `${work}/vanish/z"go\nne`, pathBytes: undefined }],
      stats: { deleted: { total: 0 } },
    });
    expect(errorOf(release, 'max-delete')).toMatchObject({ skipped: 2 });
  });

  it.each([
    ['daemon-unknown-module', /^Unknown module 'none'$/],
    ['daemon-password', /^auth failed on module secret$/],
    ['daemon-denied', /^access denied to closed from /],
    ['daemon-busy', /^max connections \(-1\) reached -- try again later$/],
    ['daemon-read-only', /^module is read only$/],
  ])('tells what the daemon said of %s', (name, refusal) => {
    expect(errorOf(release, name)).toMatchObject({ refusal: expect.stringMatching(refusal) as string });
  });

  it('tells a time that ran out from other lost connections', () => {
    expect(errorOf(release, 'io-timeout')).toMatchObject({ timedOut: true });
    expect(errorOf(release, 'no-connection')).toMatchObject({ timedOut: false });
  });
});

describe('rsyncErrors', () => {
  const map = (exitCode: number | undefined, stderr = ''): ExitError =>
    mapExitError(new ExitError({ command, exitCode, signal: undefined, stdout: '', stderr }), rsyncErrors);

  it.each<[number | undefined, string]>([
    [undefined, 'KilledError'],
    [137, 'KilledError'],
    [20, 'KilledError'],
    [5, 'ConnectionError'],
    [35, 'ConnectionError'],
    [23, 'PartialTransferError'],
    [25, 'MaxDeleteError'],
    [124, 'RemoteShellError'],
    [127, 'RemoteShellError'],
    [22, 'OutOfMemoryError'],
    [2, 'ProtocolError'],
    [99, 'RsyncError'],
  ])('makes of %j alone a %s', (exitCode, name) => {
    expect(map(exitCode).name).toBe(name);
  });

  it('sees a full disk also where the sender lost its receiver to it', () => {
    const stderr =
      'rsync: [receiver] write failed on "/b/x": Disk quota exceeded (122)\nrsync: [sender] write error: Broken pipe (32)';
    expect(map(12, stderr).name).toBe('OutOfSpaceError');
    expect(map(10, stderr).name).toBe('OutOfSpaceError');
  });

  it.each<[string[], string]>([
    [[], '/b/config'],
    [['--inplace'], '/b/.config.backup'],
    [['--append-verify'], '/b/.config.backup'],
  ])('names the file of the user with %j', (extraArguments, path) => {
    const stderr = 'rsync: [receiver] chown "/b/.config.backup" failed: Operation not permitted (1)';
    const inplace = rsyncCommand({ source: '/a/', destination: '/b/', extraArguments });
    const error = new ExitError({ command: inplace, exitCode: 23, signal: undefined, stdout: '', stderr });
    expect(mapExitError(error, rsyncErrors)).toMatchObject({ failures: [{ path, errno: 1 }] });
  });

  it('takes a daemon that wants a password for one that refuses', () => {
    const stderr =
      'Password: @ERROR: auth failed on module data\nrsync error: error starting client-server protocol (code 5) at main.c(1954) [Receiver=3.5.0]';
    expect(map(5, stderr)).toMatchObject({ name: 'DaemonRefusedError', refusal: 'auth failed on module data' });
  });

  it.each([
    'bash: line 1: /nope/rsync: No such file or directory',
    'sh: 1: rsync: not found',
    'sudo: rsync: command not found',
  ])('sees with rsync 3.2.7 too that there is no rsync: %j', (said) => {
    const closed = 'rsync: connection unexpectedly closed (0 bytes received so far) [Receiver]';
    expect(map(12, `${said}\n${closed}`).name).toBe('RemoteShellError');
    expect(map(12, `${said}\n${closed.replace('(0', '(19')}`).name).toBe('ConnectionError');
    expect(map(12, closed).name).toBe('ConnectionError');
  });

  it('takes no name of a file for a full disk', () => {
    const stderr =
      'rsync: [sender] send_files failed to open "/a/No space left on device (28)": Permission denied (13)';
    expect(map(23, stderr).name).toBe('PartialTransferError');
  });
});
