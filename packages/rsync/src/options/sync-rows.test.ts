import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import type { AnyRows, SomeRow } from '@quiesce/command';
import { rsyncRows } from './sync-rows.js';

/** The options that a release is said to have. */
const optionsOf = (release: string): string[] =>
  Object.values<SomeRow>(rsyncRows as unknown as AnyRows).flatMap(({ option, since = '' }) =>
    // What an option means that stands twice, the help does not tell.
    option === undefined || since > (release.split('-').at(-1) ?? '')
      ? []
      : [option.replace(/=$/, '').replace(/^-(.)\1$/, '-$1')],
  );

// The help of 3.2.7 leaves it out; its manual has `--no-inc-recursive`.
const untold = ['--inc-recursive'];
const all = optionsOf('9');

describe('rsyncRows', () => {
  it('has each option of rsync once', () => {
    expect(all).toEqual([...new Set(all)]);
    expect(all.length).toBeGreaterThan(100);
  });

  it.each(releases('rsync'))('has only options that rsync has on %s', (release) => {
    const help = recorded(release, 'help').stdout;
    const known = Array.from(help.matchAll(/^-.*?(?=  |$)/gm), ([words]) => words.match(/-[\w-]+/g) ?? []).flat();
    expect(known).toEqual(expect.arrayContaining(optionsOf(release).filter((option) => !untold.includes(option))));
  });
});
