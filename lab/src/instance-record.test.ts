import { expect, it } from 'vitest';
import { judgeInstance } from './instance-record.js';

it.each([
  ['none', true, 'running'],
  ['none', false, 'dead'],
  ['alive', true, 'running'],
  ['alive', false, 'starting'],
  ['ended', true, 'abandoned'],
  ['ended', false, 'abandoned'],
] as const)('owner %s, machine runs: %s → %s', (owner, machineRuns, state) => {
  expect(judgeInstance({ owner, machineRuns })).toBe(state);
});
