import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { selectionArguments } from './selection.js';

describe('selectionArguments', () => {
  it('is nothing by default', () => {
    expect(selectionArguments('lv_tags', {})).toEqual([]);
    expect(selectionArguments('lv_tags', { tags: [] })).toEqual([]);
  });

  it('asks for every tag, and keeps the selection in its own brackets', () => {
    expect(
      selectionArguments('lv_tags', { tags: ['quiesce.run=1', 'b'], select: 'lv_size > 1g || lv_name = a' }),
    ).toEqual(['--select', 'lv_tags={"quiesce.run=1"} && lv_tags={"b"} && (lv_size > 1g || lv_name = a)']);
  });

  it('hands a selection on as it is', () => {
    expect(selectionArguments('vg_tags', { select: 'vg_free > 1g' })).toEqual(['--select', 'vg_free > 1g']);
  });

  it.each(['', ' ', '-x', 'a\nb', 'a\rb'])('refuses %j', (select) => {
    expect(() => selectionArguments('lv_tags', { select })).toThrow(InvalidArgumentError);
  });

  it.each(['', 'a b', 'a"', 'a}', '-a'])('refuses the tag %j', (tag) => {
    expect(() => selectionArguments('lv_tags', { tags: [tag] })).toThrow(InvalidArgumentError);
  });
});
