import { getEventListeners } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import {
  AbortedError,
  dryRun,
  InvalidArgumentError,
  SpawnError,
  TimeoutError,
  type Command,
  type RunningCommand,
  type Transport,
} from '@quiesce/command';
import { scriptedTransport, type ScriptedReply, type ScriptedTransport } from '@quiesce/command/testing';
import { recordedBytes, releases } from '@quiesce/lab/recorded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRsync } from '../create-rsync.js';
import { PartialTransferError, SkippedDirectoriesError, UsageError, VanishedFilesError } from '../errors.js';
import type { SyncEvent } from '../output/output-parser.js';
import type { SyncRun } from './sync-run.js';

const options = { source: '/a/', destination: '/b/' };

function replying(release: string, name: string, more: ScriptedReply = {}): ScriptedTransport {
  const { stdout, stderr, exitCode } = recordedBytes(release, name);
  return scriptedTransport(() => ({ stdout: stdout.toString(), stderr: stderr.toString(), exitCode, ...more }));
}

async function collect(run: SyncRun): Promise<SyncEvent[]> {
  const events: SyncEvent[] = [];
  for await (const event of run) events.push(event);
  return events;
}

async function failureOf(run: PromiseLike<unknown>): Promise<unknown> {
  try {
    await run;
  } catch (error) {
    return error;
  }
  throw new Error('did not fail');
}

/** A transport whose one command prints what the test says, when it says it. */
function driven(): { transport: Transport; stdout: PassThrough; end: (exitCode: number) => void; commands: Command[] } {
  const [stdout, stderr] = [new PassThrough({ highWaterMark: 1024 }), new PassThrough()];
  const commands: Command[] = [];
  let end: (exitCode: number) => void = () => undefined;
  const transport: Transport = {
    name: 'driven',
    start: (command, { signal } = {}): RunningCommand => {
      commands.push(command);
      const result: RunningCommand['result'] = new Promise((resolve, reject) => {
        end = (exitCode) => {
          stdout.end();
          stderr.end();
          resolve({ command, exitCode, signal: undefined, durationMs: 5 });
        };
        signal?.addEventListener('abort', () => {
          stdout.end();
          stderr.end();
          reject(new AbortedError({ command, cause: signal.reason, stillRunning: false }));
        });
      });
      result.catch(() => undefined);
      return { command, stdin: new PassThrough(), stdout, stderr, pid: Promise.resolve(1), result };
    },
  };
  return { transport, stdout, end: (exitCode) => end(exitCode), commands };
}

let folder = '';

/** A program that runs a shell script, whatever its arguments are. */
async function program(script: string): Promise<string> {
  const path = join(folder, 'program');
  await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown): void => {
  unhandled.push(reason);
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quiesce-rsync-'));
  process.on('unhandledRejection', onUnhandled);
});
afterAll(async () => {
  process.off('unhandledRejection', onUnhandled);
  await rm(folder, { recursive: true });
});

describe.each(releases('rsync'))('rsync.sync on the recorded output of %s', (release) => {
  // What was recorded on Debian 12 is from before the recorder had its own folder.
  const work = '/tmp/quiesce-recording';

  it('gives the result when awaited', async () => {
    const transport = replying(release, 'delta');
    const result = await createRsync({ transport, path: '/opt/rsync' }).sync(options);
    expect(result).toMatchObject({
      exitCode: 0,
      warnings: [],
      vanishedFiles: [],
      stats: { totalFileSizeBytes: 4_000_000 },
    });
    expect(result.durationMs).toBeGreaterThanOrEqual(0);
    expect(transport.commands).toMatchObject([{ file: '/opt/rsync', effect: 'write', stop: 'kill' }]);
  });

  it('gives events when looped over, and the result besides', async () => {
    const run = createRsync({ transport: replying(release, 'names') }).sync({ ...options, itemizeChanges: true });
    const events = await collect(run);
    expect(events.filter(({ type }) => type === 'change').length).toBeGreaterThanOrEqual(18);
    expect(events.at(-1)).toMatchObject({ type: 'progress', totalIsFinal: true });
    expect((await run).stats.filesTransferred).toBe(11);
  });

  it('throws what failed to who awaits and to who loops', async () => {
    const run = createRsync({ transport: replying(release, 'unreadable') }).sync(options);
    const events: SyncEvent[] = [];
    const looped = await failureOf(
      (async () => {
        for await (const event of run) events.push(event);
      })(),
    );
    expect(looped).toBeInstanceOf(PartialTransferError);
    expect(await failureOf(run)).toBe(looped);
    // Two streams, in no order; the verdict of rsync is no event.
    const messages = events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
    expect(messages).toHaveLength(3);
    expect(messages).toContain('IO error encountered -- skipping file deletion');
  });

  it('takes vanished files as the caller says', async () => {
    const rsync = createRsync({ transport: replying(release, 'vanished') });
    expect(await failureOf(rsync.sync(options))).toBeInstanceOf(VanishedFilesError);
    const result = await rsync.sync({ ...options, vanishedFiles: 'warn' });
    expect(result).toMatchObject({
      exitCode: 24,
      vanishedFiles: [{ path: `${work}/vanish/z"go\nne`, pathBytes: undefined }],
      warnings: [String.raw`file has vanished: "${work}/vanish/z"go\#012ne"`],
    });
  });
});

describe('rsync.sync', () => {
  it('rejects what it refuses, and starts nothing', async () => {
    const transport = scriptedTransport(() => ({}));
    const run = createRsync({ transport }).sync({ ...options, destination: 'host:data' });
    expect(await failureOf(run)).toBeInstanceOf(InvalidArgumentError);
    expect(await failureOf(collect(run))).toBeInstanceOf(InvalidArgumentError);
    expect(transport.commands).toEqual([]);
  });

  it('does nothing in a dry run', async () => {
    const transport = dryRun(scriptedTransport(() => undefined));
    const { stats } = await createRsync({ transport }).sync(options);
    expect(stats.found.total).toBe(0);
    expect(transport.commands).toHaveLength(1);
  });

  it('says that openrsync does not know its options', async () => {
    const stderr =
      "rsync: unrecognized option '--info=progress2,stats2'\nusage: rsync [-0468AHLOPSWXabcdhklmnopqrstuvwxyz]\n";
    const transport = scriptedTransport(() => ({ stderr, exitCode: 1 }));
    expect(await failureOf(createRsync({ transport }).sync(options))).toBeInstanceOf(UsageError);
  });

  it('says that there is no rsync', async () => {
    const rsync = createRsync({ path: '/nonexistent/rsync' });
    expect(await failureOf(rsync.sync(options))).toBeInstanceOf(SpawnError);
    expect(await failureOf(collect(rsync.sync(options)))).toBeInstanceOf(SpawnError);
  });

  it('is heard of when it fails and nobody looks, as any promise', async () => {
    const rsync = createRsync({ transport: scriptedTransport(() => ({ exitCode: 23 })) });
    void rsync.sync(options);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(unhandled.splice(0)).toMatchObject([{ name: 'PartialTransferError' }]);
    void rsync.sync(options)[Symbol.asyncIterator]();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(unhandled).toEqual([]);
  });

  it('has a stack that leads to the caller', async () => {
    const rsync = createRsync({ transport: scriptedTransport(() => ({ exitCode: 23 })) });
    const caller = async (): Promise<void> => {
      await rsync.sync(options);
    };
    const error = await failureOf(caller());
    expect((error as Error).stack).toMatch(/at (?:async )?caller/);
  });

  it('ends rsync when the loop is left', async () => {
    const { transport, stdout } = driven();
    const run = createRsync({ transport }).sync(options);
    stdout.write('\r 1 1%    1.00kB/s    0:00:01  ');
    for await (const event of run) {
      expect(event.type).toBe('progress');
      break;
    }
    expect(await failureOf(run)).toBeInstanceOf(AbortedError);
    expect(await collect(run)).toEqual([]);
  });

  it('ends rsync when a loop is left that never took an event', async () => {
    const { transport } = driven();
    const run = createRsync({ transport }).sync(options);
    await run[Symbol.asyncIterator]().return?.();
    expect(await failureOf(run)).toBeInstanceOf(AbortedError);
  });

  it('ends rsync on a signal or a time limit, also while the loop stands still', async () => {
    const path = await program(`while :; do echo 'cannot delete mount point: x'; done`);
    const abort = new AbortController();
    const aborted = createRsync({ path }).sync({ ...options, signal: abort.signal });
    const timed = createRsync({ path, timeoutMs: 300 }).sync(options);
    for (const run of [aborted, timed]) await run[Symbol.asyncIterator]().next();
    abort.abort();
    expect(await failureOf(aborted)).toMatchObject({ name: 'AbortedError', stillRunning: false });
    const error = await failureOf(timed);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ stillRunning: false });
  });

  it.each([
    ['succeeds', ':', {}],
    ['fails', 'exit 23', {}],
    ['takes too long', 'exec sleep 600', { timeoutMs: 100 }],
    ['is refused', ':', { destination: 'host:data' }],
  ])('leaves nothing on the signal of the caller when rsync %s', async (_, script, more) => {
    const path = await program(script);
    const { signal } = new AbortController();
    const run = createRsync({ path }).sync({ ...options, ...more, signal });
    await run.then(
      () => undefined,
      () => undefined,
    );
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('leaves nothing on the signal of the caller when the loop is left, or after an abort', async () => {
    const path = await program(`echo 'cannot delete mount point: x'; exec sleep 600`);
    const abort = new AbortController();
    const start = (): SyncRun => createRsync({ path }).sync({ ...options, signal: abort.signal });
    const aborted = start();
    for await (const event of start()) {
      expect(event.type).toBe('warning');
      break;
    }
    // The other one still follows it.
    expect(getEventListeners(abort.signal, 'abort')).toHaveLength(1);
    const reason = new Error('enough');
    abort.abort(reason);
    expect(await failureOf(aborted)).toMatchObject({ name: 'AbortedError', cause: reason });
    expect(getEventListeners(abort.signal, 'abort')).toHaveLength(0);
  });

  it('slows rsync down to a loop that is slow', async () => {
    const { transport, stdout, end } = driven();
    const run = createRsync({ transport }).sync(options);
    const iterator = run[Symbol.asyncIterator]();
    const held = async (): Promise<boolean> => {
      for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
      return stdout.writableNeedDrain;
    };
    let written = 0;
    do {
      stdout.write('>f+++++++++ file\n'.repeat(10));
      written += 10;
    } while (written < 100_000 && !(await held()));
    // What the queue and the streams between have room for, and no more.
    expect(written).toBeLessThan(1000);
    end(0);
    let taken = 0;
    while ((await iterator.next().catch(() => ({ done: true }))).done !== true) taken += 1;
    expect(taken).toBe(written);
  });

  it('keeps nothing when nobody loops', async () => {
    const { transport, stdout, end } = driven();
    const run = createRsync({ transport }).sync(options);
    for (let count = 0; count < 10_000; count += 1) {
      if (!stdout.write('>f+++++++++ file\n')) await new Promise((resolve) => stdout.once('drain', resolve));
    }
    end(0);
    // All was read; what it lacks is statistics.
    expect(await failureOf(run)).toMatchObject({ name: 'OutputParseError' });
  });
});

describe('rsync.sync with the rsync of this machine', () => {
  it('tells what it did not remove, and that is no failure', async () => {
    const [source, destination] = [join(folder, 'source/'), join(folder, 'destination/')];
    await mkdir(join(source, 'srv'), { recursive: true });
    await mkdir(join(destination, 'srv', 'a'), { recursive: true });
    await writeFile(join(destination, 'srv', 'a', 'x'), '');
    await writeFile(join(destination, 'srv', 'a', 'y.log'), '');
    const run = createRsync().sync({ source, destination, archive: true, delete: true, excludes: ['*.log'] });
    const warning = 'cannot delete non-empty directory: srv/a';
    expect(await collect(run)).toContainEqual({ type: 'warning', message: warning });
    expect(await run).toMatchObject({ exitCode: 0, warnings: [warning], stats: { deleted: { total: 1 } } });
    expect(await readdir(join(destination, 'srv', 'a'))).toEqual(['y.log']);
  });

  it('takes a directory that nothing said to go into for a failure, as the caller says', async () => {
    const source = join(folder, 'left out');
    await mkdir(source);
    const rsync = createRsync();
    const options = { source, destination: join(folder, 'of nothing') };
    const error = await failureOf(rsync.sync(options));
    expect(error).toBeInstanceOf(SkippedDirectoriesError);
    expect(error).toMatchObject({ exitCode: 0, directories: [{ path: 'left out', pathBytes: undefined }] });
    expect(String(error)).toMatch(/rsync skips left out: archive or recursive copies what is in a directory/);
    await expect(rsync.sync({ ...options, skippedDirectories: 'warn' })).resolves.toMatchObject({
      warnings: ['skipping directory left out'],
    });
    await expect(rsync.sync({ ...options, archive: true })).resolves.toMatchObject({ warnings: [] });
  });
});
