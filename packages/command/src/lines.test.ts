import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createCommand } from './create-command.js';
import { AbortedError, ExitError, OutputTooLargeError, TimeoutError } from './errors.js';
import { lines } from './lines.js';
import { localTransport } from './local-transport.js';
import { hungTransport } from './testing/hung-transport.js';
import { leftOnSignal } from './testing/left-on-signal.js';

const transport = localTransport();
const read = (script: string): ReturnType<typeof createCommand> =>
  createCommand('sh', ['-c', script], { effect: 'read' });
const collect = async (source: AsyncIterable<string>): Promise<string[]> => {
  const all: string[] = [];
  for await (const line of source) all.push(line);
  return all;
};

describe('lines', () => {
  it('yields every line, the last one without its end too', async () => {
    expect(await collect(lines(transport, read(String.raw`printf 'a\n\nb é\nlast'`)))).toEqual([
      'a',
      '',
      'b é',
      'last',
    ]);
  });

  it('cuts at another separator', async () => {
    const command = read(String.raw`printf '1%%\r2%%\r3%%\n'`);
    expect(await collect(lines(transport, command, { separator: /[\r\n]/ }))).toEqual(['1%', '2%', '3%']);
  });

  it('keeps a character whole that comes in two pieces', async () => {
    const command = read(String.raw`printf '\303'; sleep 0.1; printf '\251\n'`);
    expect(await collect(lines(transport, command))).toEqual(['é']);
  });

  it('streams 200 MB in flat memory', async () => {
    const before = process.memoryUsage.rss();
    let count = 0;
    let peak = 0;
    for await (const line of lines(
      transport,
      read('yes 0123456789012345678901234567890123456789012345678 | head -n 4000000'),
    )) {
      count += line.length + 1;
      if (count % 5_000_000 === 0) peak = Math.max(peak, process.memoryUsage.rss());
    }
    expect(count).toBe(200_000_000);
    expect(peak).toBeGreaterThan(0);
    expect(peak - before).toBeLessThan(150 * 1024 * 1024);
  });

  it('throws after the last line when the command failed', async () => {
    const seen: string[] = [];
    const reading = (async () => {
      for await (const line of lines(transport, read('echo a; echo why >&2; exit 2'))) seen.push(line);
    })();
    const error: unknown = await reading.catch((reason: unknown) => reason);
    expect(ExitError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ exitCode: 2, stderr: 'why\n' });
    expect(seen).toEqual(['a']);
  });

  it('ends the command when the loop is left', async () => {
    let seen = '';
    for await (const line of lines(transport, read('echo $$; exec sleep 600'))) {
      seen = line;
      break;
    }
    expect(() => process.kill(Number(seen), 0)).toThrow(/ESRCH/);
  });

  it('throws AbortedError when it is aborted between lines', async () => {
    const reading = collect(lines(transport, read('echo a; sleep 600'), { signal: AbortSignal.timeout(200) }));
    await expect(reading).rejects.toSatisfy((error) => AbortedError.isInstance(error));
  });

  it.each([
    ['succeeds', 'echo a', {}],
    ['fails', 'echo a; exit 1', {}],
    ['prints too long a line', 'head -c 3000 /dev/zero', { maximumLineLength: 1000 }],
    ['takes too long', 'echo a; sleep 600', { timeoutMs: 100 }],
  ])('leaves nothing on the signal of the caller when the command %s', async (_, script, options) => {
    const { signal } = new AbortController();
    await collect(lines(transport, read(script), { ...options, signal })).catch(() => undefined);
    expect(leftOnSignal(signal)).toBe(0);
  });

  it.each(['kill', 'wait'] as const)(
    'leaves nothing on a signal when the loop is left, with stop: %s',
    async (stop) => {
      const { signal } = new AbortController();
      const command = createCommand('sh', ['-c', 'echo a; exec sleep 0.5'], { stop });
      for await (const line of lines(transport, command, { signal })) {
        expect(line).toBe('a');
        expect(leftOnSignal(signal)).toBe(1);
        break;
      }
      expect(leftOnSignal(signal)).toBe(0);
    },
  );

  it('leaves nothing on a signal that aborted', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const reading = (async () => {
      for await (const line of lines(transport, read('echo a; sleep 600'), { signal: abort.signal })) {
        abort.abort(reason);
        expect(line).toBe('a');
      }
    })();
    await expect(reading).rejects.toMatchObject({ name: 'AbortedError', cause: reason });
    expect(leftOnSignal(abort.signal)).toBe(0);
  });

  it('refuses a line over the limit', async () => {
    const reading = collect(lines(transport, read('head -c 3000000 /dev/zero'), { maximumLineLength: 1_000_000 }));
    await expect(reading).rejects.toSatisfy((error) => OutputTooLargeError.isInstance(error));
  });

  it('knows that an aborted command has ended although its loop is slow', async () => {
    const abort = new AbortController();
    const reading = (async () => {
      for await (const line of lines(transport, read('yes'), { signal: abort.signal })) {
        if (abort.signal.aborted) continue;
        abort.abort(line);
        await delay(6000);
      }
    })();
    await expect(reading).rejects.toSatisfy((error) => AbortedError.isInstance(error) && !error.stillRunning);
  });

  it('ends by timeoutMs although the command can not be killed', async () => {
    const reading = collect(lines(hungTransport(), read('true'), { timeoutMs: 200 }));
    await expect(reading).rejects.toSatisfy((error) => TimeoutError.isInstance(error) && error.stillRunning);
  });

  it('tells at once that a command still runs which may not be killed, and lets it finish', async () => {
    const write = createCommand('sh', ['-c', 'sleep 1; head -c 1000000 /dev/zero; exit 3']);
    const startedAt = performance.now();
    const error: unknown = await collect(lines(transport, write, { signal: AbortSignal.timeout(200) })).catch(
      (reason: unknown) => reason,
    );
    expect(performance.now() - startedAt).toBeLessThan(900);
    if (!AbortedError.isInstance(error)) throw error;
    expect(error.stillRunning).toBe(true);
    await expect(error.outcome).resolves.toMatchObject({ exitCode: 3 });
  });
});
