import { describe, expect, it } from 'vitest';
import { parseHolder } from './lock.js';

const fields = {
  runId: '1364083186-0badf00d',
  pid: 7,
  machine: 'backup.example.net',
  hostPid: 4711,
  since: 1_364_083_186,
};

describe('parseHolder', () => {
  it('reads who holds the lock', () => {
    expect(parseHolder(`${JSON.stringify(fields)}\n`)).toEqual({ ...fields, since: new Date('2013-03-23T23:59:46Z') });
  });

  it.each([
    ['nothing', ''],
    ['half a line', JSON.stringify(fields).slice(0, 40)],
    ['something else', '"run 7"'],
    ['null', 'null'],
    ['a field too few', JSON.stringify({ ...fields, pid: undefined })],
    ['a field of another kind', JSON.stringify({ ...fields, since: 'yesterday' })],
  ])('makes nothing of %s', (_, text) => {
    expect(parseHolder(text)).toBeUndefined();
  });
});
