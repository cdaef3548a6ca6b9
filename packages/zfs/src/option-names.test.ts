import type { AnyRows, AnyTable } from '@quiesce/command';
import { expect, it } from 'vitest';
import { zfsMethodTables } from './method-tables.js';

/** The rows of a table, whichever kind of options they belong to. */
function partsOf(table: AnyTable): readonly AnyRows[] {
  if ('by' in table && typeof table.by === 'string') return Object.values(table.variants as Record<string, AnyRows>);
  return 'exclusive' in table ? (table.exclusive as readonly AnyRows[]) : [table as AnyRows];
}

it('options are called pool where they take one, and pools where they take several', () => {
  const kinds = Object.values(zfsMethodTables)
    .flatMap(({ rows }) => partsOf(rows))
    .flatMap((rows) => Object.entries(rows))
    .filter(([name]) => name === 'pool' || name === 'pools')
    .map(([name, { kind }]) => `${name}: ${kind}`);
  expect(kinds.length).toBeGreaterThan(30);
  expect([...new Set(kinds)].sort()).toEqual(['pool: text', 'pools: one-or-many']);
});
