import { describe, expect, it } from 'vitest';
import { createEventQueue } from './event-queue.js';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const never = (): boolean => false;

describe('createEventQueue', () => {
  it('keeps nothing until somebody listens', async () => {
    const queue = createEventQueue<number>(never);
    expect(queue.put(numbers(10_000))).toBeUndefined();
    queue.listen();
    void queue.put([7]);
    queue.close();
    expect(await queue.take()).toBe(7);
    expect(await queue.take()).toBeUndefined();
  });

  it('hands over what comes later', async () => {
    const queue = createEventQueue<number>(never);
    queue.listen();
    const taken = Promise.all([queue.take(), queue.take(), queue.take()]);
    void queue.put([1]);
    void queue.put([2]);
    queue.close();
    expect(await taken).toEqual([1, 2, undefined]);
  });

  it('holds the reader back until there is room', async () => {
    const queue = createEventQueue<number>(never);
    queue.listen();
    expect(queue.put(numbers(255))).toBeUndefined();
    let free = false;
    const room = queue.put([1, 2])?.then(() => {
      free = true;
    });
    await queue.take();
    await new Promise(setImmediate);
    expect(free).toBe(false);
    await queue.take();
    await room;
    expect(free).toBe(true);
  });

  it('lets the reader go on when nobody waits for the rest', async () => {
    const queue = createEventQueue<number>(never);
    queue.listen();
    const room = queue.put(numbers(1000));
    queue.release();
    await room;
    expect(queue.put(numbers(1000))).toBeUndefined();
  });

  it('replaces what was not taken yet', async () => {
    const queue = createEventQueue<string>((next, previous) => next.startsWith('p') && previous.startsWith('p'));
    queue.listen();
    for (let count = 0; count < 10_000; count += 1) expect(queue.put([`p${String(count)}`])).toBeUndefined();
    void queue.put(['x', 'p', 'pp']);
    queue.close();
    expect([await queue.take(), await queue.take(), await queue.take(), await queue.take()]).toEqual([
      'p9999',
      'x',
      'pp',
      undefined,
    ]);
  });
});
