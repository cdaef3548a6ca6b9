import { describe, expect, it } from 'vitest';
import { compareFixtures } from './compare-fixtures.js';
import type { Fixture, TopicFixtures } from './fixture.js';

const fixture = (change: Partial<Fixture> = {}): Fixture => ({
  ...{ args: ['list'], exitCode: 0, stdout: 'one\ntwo\nthree\n', stderr: '' },
  ...change,
});
const compare = (before: TopicFixtures, after: TopicFixtures): readonly string[] =>
  compareFixtures(new Map([['topic', before]]), new Map([['topic', after]]));

describe('compareFixtures', () => {
  it('tells what is new, gone and the same', () => {
    const report = compare({ a: fixture(), b: fixture() }, { b: fixture(), c: fixture() });
    expect(report).toEqual(['new: c', 'gone: a', 'same: 1']);
  });

  it('takes a case that moved to another topic for the same', () => {
    const [before, after] = [new Map([['x', { a: fixture() }]]), new Map([['y', { a: fixture() }]])];
    expect(compareFixtures(before, after)).toEqual(['same: 1']);
  });

  it('shows the lines that differ', () => {
    const after = fixture({ exitCode: 1, stdout: 'one\n2\nthree\n', stderr: 'no\n' });
    expect(compare({ a: fixture() }, { a: after })).toEqual([
      'changed: a',
      '  exit code 0, now 1',
      '  stdout:',
      '  - "two\\n"',
      '  + "2\\n"',
      '  stderr:',
      '  - ""',
      '  + "no\\n"',
      'same: 0',
    ]);
  });

  it('shows arguments, and bytes that are no text', () => {
    const after = fixture({ args: ['get'], stdout: { base64: '/w==' } });
    const report = compare({ a: fixture({ stdout: '' }) }, { a: after });
    expect(report).toContain('  - args ["list"]');
    expect(report).toContain('  + base64 /w==');
  });

  it('is short', () => {
    const long = Array.from({ length: 50 }, (_, line) => `${String(line)}${'x'.repeat(500)}\n`).join('');
    const report = compare({ a: fixture() }, { a: fixture({ stdout: long }) });
    expect(report).toContain('  + and 47 lines more');
    expect(Math.max(...report.map((line) => line.length))).toBeLessThan(110);
  });
});
