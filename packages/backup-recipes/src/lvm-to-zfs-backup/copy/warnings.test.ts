import { describe, expect, it } from 'vitest';
import { firstOf, sortWarnings } from './warnings.js';

describe('sortWarnings', () => {
  it.each([
    'skipping non-regular file "fifo"',
    'skipping overly long name: x',
    'symlink has no referent: "x"',
    'IO error encountered -- skipping file deletion',
  ])('takes %j for something that was not copied', (line) => {
    expect(sortWarnings([line])).toEqual({ notCopied: [line], others: [] });
  });

  it.each(['cannot delete non-empty directory: srv/a', 'cannot delete mount point: srv/b'])(
    'takes %j for worth knowing',
    (line) => {
      expect(sortWarnings([line])).toEqual({ notCopied: [], others: [line] });
    },
  );
});

describe('firstOf', () => {
  it('stops after ten', () => {
    expect(firstOf(['a', 'b'])).toBe('a, b');
    expect(firstOf(Array.from({ length: 12 }, (_, index) => String(index)))).toBe(
      '0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more',
    );
  });
});
