import { describe, expect, it } from 'vitest';
import { zfsBookmarkCommand } from './bookmark.js';

describe('zfsBookmarkCommand', () => {
  it('builds the words', () => {
    expect(zfsBookmarkCommand({ source: 'tank/a b@monday', bookmark: 'tank/a b#monday' })).toEqual({
      file: 'zfs',
      args: ['bookmark', '--', 'tank/a b@monday', 'tank/a b#monday'],
      effect: 'write',
      stop: 'wait',
    });
    expect(zfsBookmarkCommand({ source: 'tank#a', bookmark: 'tank#b' }).args).toEqual([
      ...['bookmark', '--', 'tank#a', 'tank#b'],
    ]);
  });

  it.each(['', '-r', 'tank', 'tank@', 'tank#', '#a', 'tank@a,b', 'tank@%', 'tank@a#b', 'tank#a\n', 'tank#..'])(
    'refuses the source %j',
    (source) => {
      expect(() => zfsBookmarkCommand({ source, bookmark: 'tank#a' })).toThrow(/^source: /);
    },
  );

  it.each(['', '-r', 'tank', 'tank#', '#a', 'tank@a', 'tank#a,b', 'tank#a#b', 'tank@a#b', 'tank#a\n', 'tank#.'])(
    'refuses the bookmark %j',
    (bookmark) => {
      expect(() => zfsBookmarkCommand({ source: 'tank@a', bookmark })).toThrow(/^bookmark: /);
    },
  );
});
