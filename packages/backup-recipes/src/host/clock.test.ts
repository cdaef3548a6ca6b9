import { localTransport, OutputParseError, run } from '@quiesce/command';
import { expect, it } from 'vitest';
import { clockCommand, parseClock } from './clock.js';

it('tells the time of the host', async () => {
  const before = Math.floor(Date.now() / 1000) * 1000;
  const told = parseClock((await run(localTransport(), clockCommand())).stdout).getTime();
  expect(told).toBeGreaterThanOrEqual(before);
  expect(told).toBeLessThanOrEqual(Date.now());
});

it.each(['', 'Mon Mar 25 00:59:46 UTC 2013\n', '1.5\n'])('refuses %j', (stdout) => {
  expect(() => parseClock(stdout)).toThrow(OutputParseError);
});
