import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createCommand } from './create-command.js';
import { AbortedError, ExitError, InvalidArgumentError, TimeoutError } from './errors.js';
import { feed } from './feed.js';
import { localTransport } from './local-transport.js';

const transport = localTransport();
const sh = (script: string, ...words: string[]): ReturnType<typeof createCommand> =>
  createCommand('sh', ['-c', script, 'sh', ...words], { stop: 'kill' });

async function* texts(...all: string[]): AsyncGenerator<Buffer> {
  for (const text of all) {
    await delay(1);
    yield Buffer.from(text);
  }
}

const failure = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

describe('feed', () => {
  it('gives a command what a stream gives, to its end', async () => {
    expect((await feed(transport, sh('cat; echo end'), texts('a', 'b', 'c'))).stdout).toBe('abcend\n');
    expect((await feed(transport, sh('wc -c'), Readable.from([Buffer.alloc(1_000_000)]))).stdout.trim()).toBe(
      '1000000',
    );
  });

  it('throws what the stream throws, and never shows the command an end', async () => {
    const file = `${process.env['TMPDIR'] ?? '/tmp'}/quiesce-feed-${String(process.pid)}`;
    const torn = async function* (): AsyncGenerator<Buffer> {
      yield* texts('half');
      throw new RangeError('torn');
    };
    const error = await failure(feed(transport, sh('cat >/dev/null; echo whole > "$1"', file), torn()));
    expect(error).toBeInstanceOf(RangeError);
    expect(existsSync(file)).toBe(false);
  });

  it('fails with the error of a command that takes no more, and leaves the stream', async () => {
    let given = 0;
    let left = false;
    const endless = async function* (): AsyncGenerator<Buffer> {
      try {
        for (;;) {
          await delay(1);
          given += 1;
          yield Buffer.alloc(65_536);
        }
      } finally {
        left = true;
      }
    };
    const error = await failure(feed(transport, sh('head -c 1000 >/dev/null; echo full >&2; exit 3'), endless()));
    expect(ExitError.isInstance(error) && error.exitCode).toBe(3);
    expect(String(error)).toContain('full');
    await delay(50);
    expect(left).toBe(true);
    expect(given).toBeLessThan(1000);
  });

  it('ends although the stream never gives anything', async () => {
    const silent = new Readable({ read: () => undefined });
    expect(await failure(feed(transport, sh('exit 4'), silent))).toMatchObject({ exitCode: 4 });
    const another = new Readable({ read: () => undefined });
    const limited = feed(transport, sh('cat'), another, { timeoutMs: 200 });
    expect(TimeoutError.isInstance(await failure(limited))).toBe(true);
    const signal = AbortSignal.abort();
    expect(AbortedError.isInstance(await failure(feed(transport, sh('cat'), silent, { signal })))).toBe(true);
    expect(silent.destroyed).toBe(true);
  });

  it('gives nothing more after an abort, though the command goes on for a while', async () => {
    const stop = new AbortController();
    let given = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for (;;) {
        if (given === 3) stop.abort();
        yield Buffer.from('x');
        given += 1;
        await new Promise(setImmediate);
      }
    }
    const slow = sh("trap '' TERM; timeout 0.5 cat >/dev/null");
    const fed = feed(transport, slow, counted(), { signal: stop.signal });
    expect(AbortedError.isInstance(await failure(fed))).toBe(true);
    expect(given).toBe(3);
  });

  it('refuses a command that may not be killed, or has its own input', async () => {
    for (const options of [{ stop: 'wait' }, { stop: 'kill', stdin: 'x' }] as const) {
      const error = await failure(feed(transport, createCommand('cat', [], options), texts('x')));
      expect(InvalidArgumentError.isInstance(error)).toBe(true);
    }
  });
});
