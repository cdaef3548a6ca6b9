import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { lvsCommand } from './lvs.js';
import { selectionWords } from './selection.js';

describe('selectionWords', () => {
  it('is nothing by default', () => {
    expect(selectionWords('lv_tags', {})).toEqual([]);
    expect(selectionWords('lv_tags', { tags: [] })).toEqual([]);
  });

  it('asks for every tag, and keeps the selection in its own brackets', () => {
    expect(selectionWords('lv_tags', { tags: ['quiesce.run=1', 'b'], select: 'lv_size > 1g || lv_name = a' })).toEqual([
      '--select',
      'lv_tags={"quiesce.run=1"} && lv_tags={"b"} && (lv_size > 1g || lv_name = a)',
    ]);
  });

  it('hands a selection on as it is', () => {
    expect(selectionWords('vg_tags', { select: 'vg_free > 1g' })).toEqual(['--select', 'vg_free > 1g']);
  });

  it.each(['', ' ', '-x', 'a\nb', 'a\rb'])('refuses %j', (select) => {
    expect(() => lvsCommand({ select })).toThrow(InvalidArgumentError);
  });

  it.each(['', 'a b', 'a"', 'a}', '-a'])('refuses the tag %j', (tag) => {
    expect(() => lvsCommand({ tags: [tag] })).toThrow(InvalidArgumentError);
  });
});
