import { describe, expect, it } from 'vitest';
import { progressMeter, type TransferProgress } from './progress.js';

describe('progressMeter', () => {
  it('tells the rate of the last seconds, and the time that is left', () => {
    let time = 0;
    const told: TransferProgress[] = [];
    const meter = progressMeter(
      100_000,
      (progress) => told.push(progress),
      () => time,
    );
    const send = (at: number, bytes: number): void => {
      time = at;
      meter(bytes);
    };
    send(100, 1000);
    expect(told).toEqual([]);
    send(1000, 10_000);
    expect(told.at(-1)).toEqual({
      sentBytes: 10_000,
      estimatedBytes: 100_000,
      bytesPerSecond: 10_000,
      remainingMs: 9000,
    });
    for (let second = 2; second <= 10; second += 1) send(second * 1000, 10_000 + (second - 1) * 1000);
    expect(told.at(-1)).toMatchObject({ bytesPerSecond: 1000, remainingMs: 81_000 });
  });

  it('tells of the end, also of a short one', () => {
    let time = 0;
    const told: TransferProgress[] = [];
    const meter = progressMeter(
      1000,
      (progress) => told.push(progress),
      () => time,
    );
    time = 100;
    meter(500);
    meter(1000, true);
    expect(told).toEqual([{ sentBytes: 1000, estimatedBytes: 1000, bytesPerSecond: 10_000, remainingMs: 0 }]);
  });

  it('knows no end where zfs has told no size, and none below zero where more came', () => {
    let time = 0;
    const told: TransferProgress[] = [];
    const without = progressMeter(
      undefined,
      (progress) => told.push(progress),
      () => time,
    );
    const over = progressMeter(
      10,
      (progress) => told.push(progress),
      () => time,
    );
    time = 1000;
    without(50);
    over(50);
    expect(told.map(({ remainingMs }) => remainingMs)).toEqual([undefined, 0]);
  });
});
