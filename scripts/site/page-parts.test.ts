import { expect, it } from 'vitest';
import { shortType } from './option-lists.js';
import { partsOf, textOf } from './page-parts.js';

const page = [
  '# hold()',
  '',
  'Holds.',
  '',
  '## Throws',
  '',
  'A',
  'a.',
  '',
  '## Returns',
  '',
  'R',
  '',
  '## Throws',
  'B',
];

it('parts a page at its headings, and lists what came more than once', () => {
  const { head, intro, sections } = partsOf(page.join('\n'));
  expect([head, intro]).toEqual(['# hold()', 'Holds.']);
  expect(textOf(sections, 'Throws')).toBe('## Throws\n\n- A\n  a.\n- B');
  expect(textOf(sections, 'Returns')).toBe('## Returns\n\nR');
  expect(textOf(sections, 'See')).toBe('');
});

it('shows the first of many literals', () => {
  const keys = Array.from({ length: 20 }, (_, index) => `\`"KEY_${String(index)}"\``);
  expect(shortType(`readonly (${keys.join(' \\| ')})[]`)).toBe(
    `readonly (${keys.slice(0, 5).join(' \\| ')} \\| … and 15 more)[]`,
  );
  expect(shortType('`string` \\| `number`')).toBe('`string` \\| `number`');
});
