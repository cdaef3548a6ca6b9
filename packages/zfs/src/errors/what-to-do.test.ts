import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as errors from './index.js';

const folder = import.meta.dirname;
const readme = readFileSync(path.join(folder, '..', '..', 'README.md'), 'utf8');

/** The paragraphs of the doc comment of each class, by its name. */
const paragraphs = new Map<string, readonly string[]>(
  readdirSync(folder)
    .filter((file) => file.endsWith('-errors.ts'))
    .flatMap((file) => [
      ...readFileSync(path.join(folder, file), 'utf8').matchAll(
        /\/\*\*(?<comment>(?:(?!\*\/)[^])*)\*\/\nexport class (?<name>\w+)/g,
      ),
    ])
    .map(({ groups: { comment = '', name = '' } = {} }) => {
      const text = comment.replace(/^\s*\* ?/gm, '').trim();
      return [name, text.split(/\n\n+/)];
    }),
);

/** The cells of the row of each error in the README, by its name. */
const rows = new Map<string, readonly string[]>(
  [...readme.matchAll(/^\| `(?<name>\w+Error)` +\|(?<cells>.*)\|$/gm)].map(
    ({ groups: { name = '', cells = '' } = {} }) => [name, cells.split('|').map((cell) => cell.trim())],
  ),
);

// All of them have one class above them, of which nothing is to be said.
const names = Object.keys(errors).filter((name) => name !== 'ZfsError');

describe('what to do about an error', () => {
  it('is asked of all errors', () => {
    expect(names.length).toBeGreaterThan(50);
  });

  it.each(names)('stands in a paragraph of its own, and in the README: %s', (name) => {
    expect(paragraphs.get(name)?.length).toBeGreaterThan(1);
    const [when = '', whatToDo = '', ...more] = rows.get(name) ?? [];
    expect([when, whatToDo]).not.toContain('');
    expect(more).toEqual([]);
  });
});
