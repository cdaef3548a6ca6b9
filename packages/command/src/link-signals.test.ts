import { describe, expect, it } from 'vitest';
import { createCommand } from './create-command.js';
import { deferred } from './deferred.js';
import { linkSignals } from './link-signals.js';
import { run } from './run.js';
import { scriptedTransport } from './testing.js';
import { dependantsOf, leftOnSignal } from './testing/left-on-signal.js';

interface Started {
  readonly signal: AbortSignal;
  readonly result: Promise<undefined>;
  readonly end: () => void;
}

function startUnder(...signals: (AbortSignal | undefined)[]): Started {
  return linkSignals(signals, (signal) => {
    const { promise: result, resolve } = deferred<undefined>();
    return { signal, result, end: () => resolve(undefined) };
  });
}

describe('linkSignals', () => {
  it('aborts with the reason of the signal that aborts first', () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const { signal } = startUnder(first.signal, undefined, second.signal);
    expect(signal.aborted).toBe(false);
    const reason = new Error('enough');
    second.abort(reason);
    first.abort(new Error('too late'));
    expect(signal.reason).toBe(reason);
  });

  it('starts with an aborted signal where one has aborted already', () => {
    const { signal } = new AbortController();
    const reason = new Error('enough');
    expect(startUnder(signal, AbortSignal.abort(reason)).signal).toMatchObject({ aborted: true, reason });
    expect(leftOnSignal(signal)).toBe(0);
  });

  it('starts with a signal of its own where there is none', () => {
    expect(startUnder(undefined).signal.aborted).toBe(false);
  });

  it('lets go of all signals when one aborts, before the result settles', () => {
    const [first, second] = [new AbortController(), new AbortController()];
    startUnder(first.signal, second.signal);
    expect([first.signal, second.signal].map(leftOnSignal)).toEqual([1, 1]);
    second.abort();
    expect([first.signal, second.signal].map(leftOnSignal)).toEqual([0, 0]);
  });

  it('lets go when the result settles, before who awaits it goes on', async () => {
    const { signal } = new AbortController();
    const good = startUnder(signal);
    good.end();
    await good.result;
    expect(leftOnSignal(signal)).toBe(0);
    const bad = linkSignals([signal], () => ({ result: Promise.reject(new Error('bad')) }));
    await expect(bad.result).rejects.toThrow('bad');
    expect(leftOnSignal(signal)).toBe(0);
  });

  it('lets go when nothing could be started', () => {
    const { signal } = new AbortController();
    const start = (): never => {
      throw new Error('bad');
    };
    expect(() => linkSignals([signal], start)).toThrow('bad');
    expect(leftOnSignal(signal)).toBe(0);
  });

  it('puts one listener on a signal however many follow it, and takes it away after the last', async () => {
    const abort = new AbortController();
    const all = Array.from({ length: 20 }, () => startUnder(abort.signal, abort.signal));
    expect(leftOnSignal(abort.signal)).toBe(1);
    for (const { end } of all.slice(1)) end();
    await Promise.all(all.slice(1).map(({ result }) => result));
    expect(leftOnSignal(abort.signal)).toBe(1);
    abort.abort();
    expect(all.map(({ signal }) => signal.aborted)).toEqual([true, ...all.slice(1).map(() => false)]);
    expect(leftOnSignal(abort.signal)).toBe(0);
  });

  it('leaves nothing on a long-lived signal after a thousand commands, unlike AbortSignal.any', async () => {
    const { signal } = new AbortController();
    // Node 24 keeps only those that somebody listens to.
    AbortSignal.any([signal, new AbortController().signal]).addEventListener('abort', () => {});
    expect(dependantsOf(signal), 'the test has to see what AbortSignal.any leaves').toBe(1);

    const longLived = new AbortController().signal;
    const transport = scriptedTransport(() => ({ stdout: 'a' }));
    for (let count = 0; count < 1000; count += 1) {
      await run(transport, createCommand('date', [], { effect: 'read' }), { signal: longLived });
    }
    expect(leftOnSignal(longLived)).toBe(0);
  });
});
