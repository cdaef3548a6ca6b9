import { getEventListeners } from 'node:events';
import { AbortedError, localTransport, TransportError, type Transport } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { recorded, releaseOn } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { DomainNotFoundError } from '../errors.js';
import { subscribe, type EventSubscription } from './event-subscription.js';

const answered = recorded(releaseOn('virsh', 'trixie'), 'event-all').stderr;
const line = (detail: string): string =>
  `2026-11-23 15:58:32.400+0000: event 'lifecycle' for domain 'MySQL': ${detail}`;

/** A shell in place of virsh: `$marker` is the marker that virsh would print. */
function standIn(script: string): Parameters<typeof subscribe>[0] {
  const transport: Transport = localTransport();
  const marker = 'marker=${1#*echo }; marker=${marker%%;*}';
  return {
    transport,
    path: 'sh',
    leading: ['-c', `${marker}; ${script}`, 'sh'],
    unconfirmedMs: 200,
  };
}
const opened = 'echo lifecycle; echo reboot; echo; echo $marker';
const suspended = `echo "${line('Suspended Paused')}"`;
const reply = answered.split('\n').find((text) => /MSG_RX.*proc=316 .*type=1/.test(text)) ?? '';

describe('subscribe', () => {
  it('is ready when every kind of event is confirmed, and yields events until it is left', async () => {
    const script = `${opened}; echo '${reply}' >&2; echo '${reply}' >&2; ${suspended}; echo '\tmore'; exec sleep 100`;
    const events = subscribe(standIn(script), {});
    expect(await events.ready).toEqual({ confirmed: true });
    const seen: string[] = [];
    for await (const event of events) {
      seen.push(event.event);
      if (event.event === 'unknown') break;
    }
    expect(seen).toEqual(['lifecycle', 'unknown']);
  });

  it('needs one confirmation for one kind', async () => {
    const events = subscribe(standIn(`${opened}; echo '${reply}' >&2; exec sleep 100`), { event: 'lifecycle' });
    expect(await events.ready).toEqual({ confirmed: true });
    await events.close();
  });

  it('says so where nothing confirms it', async () => {
    await using events = subscribe(standIn(`${opened}; echo '${reply}' >&2; exec sleep 100`), {});
    expect(await events.ready).toEqual({ confirmed: false });
  });

  it('fails ready and the iteration when virsh fails after the marker', async () => {
    const events = subscribe(standIn(`${opened}; echo; echo "error: failed to get domain 'x'" >&2; exit 1`), {});
    await expect(events.ready).rejects.toBeInstanceOf(DomainNotFoundError);
    await expect(events[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(DomainNotFoundError);
  });

  it('fails ready and the iteration when virsh fails before the marker', async () => {
    const events = subscribe(standIn(`echo "error: failed to connect to the hypervisor" >&2; exit 1`), {});
    await expect(events.ready).rejects.toMatchObject({ name: 'ConnectionFailedError' });
    await expect(events[Symbol.asyncIterator]().next()).rejects.toMatchObject({ name: 'ConnectionFailedError' });
  });

  it('yields what came before libvirt went away, then the error without the log', async () => {
    const gone =
      "echo 'error: Disconnected from qemu:///system due to end of file' >&2; echo 'events received: 1'; exit 1";
    const events = subscribe(standIn(`${opened}; echo '${reply}' >&2; ${suspended}; ${gone}`), { event: 'lifecycle' });
    const iterator = events[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toMatchObject({ type: 'Suspended' });
    await expect(iterator.next()).rejects.toMatchObject({
      name: 'ConnectionFailedError',
      stderr: 'error: Disconnected from qemu:///system due to end of file\n',
    });
  });

  it('ends without an error when virsh does, and when it is closed while someone waits', async () => {
    const interrupted = subscribe(standIn(`${opened}; echo 'event loop interrupted'; echo 'events received: 0'`), {});
    expect((await interrupted[Symbol.asyncIterator]().next()).done).toBe(true);
    const events = subscribe(standIn(`${opened}; exec sleep 100`), {});
    const next = events[Symbol.asyncIterator]().next();
    await events.ready;
    await events.close();
    expect((await next).done).toBe(true);
  });

  it('throws AbortedError when the signal is aborted', async () => {
    const abort = new AbortController();
    const events = subscribe(standIn(`${opened}; exec sleep 100`), { signal: abort.signal });
    await events.ready;
    abort.abort();
    await expect(events[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(AbortedError);
  });

  it.each([
    ['virsh ends', 'exit 0', {}],
    ['virsh fails', 'exit 1', {}],
    ['it takes too long', 'exec sleep 600', { timeoutMs: 100 }],
  ])('leaves nothing on the signal of the caller when %s', async (_, script, more) => {
    const { signal } = new AbortController();
    const events = subscribe(standIn(`${opened}; ${script}`), { ...more, signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    const next = events[Symbol.asyncIterator]().next();
    await next.catch(() => undefined);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('leaves nothing on the signal of the caller when it is closed, left or aborted', async () => {
    const abort = new AbortController();
    const { signal } = abort;
    const start = (): EventSubscription => subscribe(standIn(`${opened}; ${suspended}; exec sleep 100`), { signal });
    const listeners = (): number => getEventListeners(signal, 'abort').length;
    await start().close();
    expect(listeners()).toBe(0);
    for await (const event of start()) {
      expect(event.event).toBe('lifecycle');
      expect(listeners()).toBe(1);
      break;
    }
    expect(listeners()).toBe(0);
    const iterator = start()[Symbol.asyncIterator]();
    await iterator.next();
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(iterator.next()).rejects.toMatchObject({ name: 'AbortedError', cause: reason });
    expect(listeners()).toBe(0);
  });

  it('hands on what the transport throws', async () => {
    const lost = new TransportError('lost', { started: false });
    const transport = scriptedTransport(() => ({ error: lost }));
    const events = subscribe({ ...standIn('exit 0'), transport }, {});
    await expect(events.ready).rejects.toBe(lost);
  });
});
