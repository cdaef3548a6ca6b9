import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { rsyncRows } from './sync-rows.js';

const options = Object.values(rsyncRows).flatMap(({ option }) =>
  option === undefined ? [] : [option.replace(/=$/, '')],
);

describe('rsyncRows', () => {
  it('has each option of rsync once', () => {
    expect(options).toEqual([...new Set(options)]);
  });

  it.each(releases('rsync'))('has only options that rsync has on %s', (release) => {
    const help = recorded(release, 'help').stdout;
    const known = Array.from(help.matchAll(/^(?:-\w, )?(--[\w-]+)/gm), ([, option]) => option);
    expect(known).toEqual(expect.arrayContaining(options));
  });
});
