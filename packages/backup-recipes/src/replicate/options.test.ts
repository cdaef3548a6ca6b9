import { describe, expect, it } from 'vitest';
import { PreflightError } from '../preflight-error.js';
import { resolveReplicateOptions, type ReplicateOptions } from './options.js';

const problems = (options: unknown): string[] => {
  try {
    resolveReplicateOptions(options as ReplicateOptions);
  } catch (error) {
    if (PreflightError.isInstance(error)) {
      return error.problems.map(
        ({ option, problem, value }) => `${option}${value === undefined ? '' : ` ${value}`}: ${problem}`,
      );
    }
    throw error;
  }
  return [];
};

const right = { target: 'archives/backups', to: { dataset: 'offsite/backups' } };

describe('resolveReplicateOptions', () => {
  it('fills in what is not given', () => {
    const resolved = resolveReplicateOptions(right);
    expect(resolved).toMatchObject({ raw: undefined, rollback: false, mount: false, verify: 'guids' });
    expect(resolved.to.transport).toBe(resolved.transport);
  });

  it.each([
    [{ ...right, to: { dataset: 'archives/backups' } }, ['to.dataset archives/backups: the target itself']],
    [{ ...right, to: { dataset: 'archives/backups/copy' } }, ['to.dataset archives/backups/copy: the target itself']],
    [{ ...right, to: { dataset: 'archives' } }, ['to.dataset archives: the target lies in it']],
    [{ ...right, to: { dataset: 'off site@1' } }, ['to.dataset off site@1: not the name of a ZFS dataset']],
    [{ ...right, maximumBytesPerSecond: 0.5 }, ['maximumBytesPerSecond 0.5: not a whole number']],
    [{ ...right, maximumBytesPerSecond: Number.NaN }, ['maximumBytesPerSecond NaN: not a whole number']],
    [{ ...right, verify: 'checksums' }, ['verify checksums: reads the files of the copy: it needs mount: true']],
    [{ ...right, verify: 'all' }, ['verify all: ']],
    [{ ...right, keep: 3 }, ['keep: is no option: expected one of ']],
    [
      { target: '/archives', to: { dataset: '-n' }, limits: { copyMs: 1 } },
      ['target /archives: ', 'to.dataset -n: ', 'limits.copyMs 1: '],
    ],
  ])('lists all that is wrong: %j', (options, expected) => {
    const found = problems(options);
    expect(found).toHaveLength(expected.length);
    for (const [index, words] of expected.entries()) expect(found[index]).toContain(words);
  });

  it('lets a copy be called as the target on another host', () => {
    const transport = { name: 'nas', start: () => ({}) as never };
    expect(problems({ ...right, to: { dataset: 'archives/backups', transport } })).toEqual([]);
  });
});
