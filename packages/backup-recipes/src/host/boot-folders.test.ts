import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCommand, ExitError, localTransport, run, type Command } from '@quiesce/command';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  bootDatasetsCommand,
  createTestGuestCommand,
  destroyTestGuestCommand,
  followConsoleCommand,
  keepBootTestCommand,
  keptBootTestsCommand,
  openImagesCommand,
  parseBootDatasets,
  pingAgentCommand,
  removeBootFoldersCommand,
  writeBootFilesCommand,
} from './boot-folders.js';

const runId = '1364083186-0a0b0c0d';
let root: string;

/** The same command in a folder of the test. */
function here({ args, ...rest }: Command): Command {
  return { ...rest, args: args.map((word) => word.replaceAll('/run/quiesce-boot', root)) };
}

const play = async (command: Command): Promise<string> => (await run(localTransport(), here(command))).stdout;

beforeEach(() => {
  root = path.join(realpathSync(mkdtempSync(path.join(tmpdir(), 'quiesce-boot-'))), "it's");
});

afterEach(() => {
  rmSync(path.dirname(root), { recursive: true });
});

describe('keepBootTestCommand', () => {
  it('holds the lock of a folder that others pass through, until it is told nothing', async () => {
    const running = localTransport().start(here(keepBootTestCommand({ runId, token: 'abc', connectUri: 'test:///x' })));
    await new Promise((resolve) => running.stdout.once('data', resolve));
    for (const folder of [root, path.join(root, runId)]) {
      expect((statSync(folder).mode & 0o777).toString(8)).toBe('711');
    }
    expect(await play(keptBootTestsCommand({ runIds: [runId, '2-0a0b0c0d'] }))).toBe(`${runId}\n`);
    running.stdin.end();
    await running.result;
    expect(await play(keptBootTestsCommand({ runIds: [runId] }))).toBe('');
  });

  it('ends the guest of the test then', () => {
    const { args } = keepBootTestCommand({ runId, token: 'abc', connectUri: 'qemu:///system' });
    expect(args.find((word) => word.includes('destroy'))).toContain('virsh -c "$2" destroy --domain="$3"');
    expect(args.slice(-4)).toEqual(['abc', 'qemu:///system', `quiesce-boot-${runId}`, `/run/quiesce-boot/${runId}`]);
  });
});

describe('the files of a boot test', () => {
  it('are written, followed, and removed', async () => {
    const folder = path.join(root, runId);
    mkdirSync(folder, { recursive: true });
    await play(writeBootFilesCommand({ runId, definition: "<domain>it's</domain>" }));
    expect((statSync(path.join(folder, 'definition')).mode & 0o777).toString(8)).toBe('600');
    const keeper = localTransport().start(createCommand('sleep', ['1'], { effect: 'write', stop: 'kill' }));
    writeFileSync(path.join(folder, 'keeper'), `${String(await keeper.pid)}\n`);
    writeFileSync(path.join(folder, 'console'), 'booting\n');
    // It ends by itself when the keeper has.
    expect(await play(followConsoleCommand({ runId }))).toBe('booting\n');
    await play(removeBootFoldersCommand({ runIds: [runId] }));
    expect(() => statSync(folder)).toThrow('ENOENT');
  });
});

describe('openImagesCommand', () => {
  it('takes nothing that is not a file of the clone itself', async () => {
    const clone = path.join(root, runId, 'clone');
    mkdirSync(path.join(clone, 'SSD.images'), { recursive: true });
    writeFileSync(path.join(root, 'original.img'), '');
    symlinkSync(path.join(root, 'original.img'), path.join(clone, 'SSD.images', 'link.img'));
    for (const file of ['SSD.images/link.img', 'SSD.images/none.img', 'SSD.images']) {
      const error: unknown = await play(openImagesCommand({ runId, files: [file] })).catch((reason: unknown) => reason);
      expect(ExitError.isInstance(error) && error.stderr).toContain('is no file of the backup itself');
    }
  });

  it('takes nothing that lies on another file system', async () => {
    const clone = path.join(root, runId, 'clone');
    mkdirSync(clone, { recursive: true });
    writeFileSync(path.join(clone, 'a.img'), '');
    // Nothing is mounted there, so that the file is one of the host.
    await expect(play(openImagesCommand({ runId, files: ['a.img'] }))).rejects.toThrow(/is no file of the backup/);
  });
});

describe('commands of boot tests', () => {
  it('are about the one guest', () => {
    expect(createTestGuestCommand({ runId }).args).toEqual(['create', `--file=/run/quiesce-boot/${runId}/definition`]);
    expect(destroyTestGuestCommand({ domain: 'x' })).toMatchObject({ args: ['destroy', '--domain=x'], stop: 'kill' });
    expect(pingAgentCommand({ runId }).args).toEqual([
      ...['qemu-agent-command', `--domain=quiesce-boot-${runId}`, '--timeout=5', '--', '{"execute":"guest-ping"}'],
    ]);
  });

  it('find datasets that are named after their test', () => {
    expect(bootDatasetsCommand().args.join(' ')).toBe(
      'get -H -s local -t filesystem,snapshot -o name,value quiesce:boot',
    );
    const rows = [
      `a/b@quiesce-boot-${runId}\t${runId}`,
      `a/quiesce-boot-${runId}\t${runId}`,
      `a/b\t${runId}`,
      `a/quiesce-boot-x\tx`,
    ];
    expect(parseBootDatasets(`${rows.join('\n')}\n`)).toEqual([
      { name: `a/b@quiesce-boot-${runId}`, runId },
      { name: `a/quiesce-boot-${runId}`, runId },
    ]);
    expect(parseBootDatasets('')).toEqual([]);
  });
});
