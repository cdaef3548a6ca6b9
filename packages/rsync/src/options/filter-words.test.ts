import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidArgumentError } from '@quiesce/command';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRsync } from '../create-rsync.js';
import type { FilterRule } from './filter-rule.js';
import { checkFilters, rsyncLiteralPattern } from './filter-words.js';

let folder = '';
const at = (...names: string[]): string => join(folder, ...names);
const make = (): void => {
  folder = mkdtempSync(join(tmpdir(), 'rsync-filters-'));
};
const remove = (): void => {
  rmSync(folder, { recursive: true });
};

const samples: readonly [FilterRule, string][] = [
  [{ type: 'exclude', pattern: '*.tmp' }, '- *.tmp'],
  [{ type: 'include', pattern: ' a', absolute: true, negated: true, perishable: true, xattr: true }, '+/!px  a'],
  [{ type: 'exclude', pattern: 'a', side: 'receiver' }, '-r a'],
  [{ type: 'include', pattern: 'a', side: 'sender', perishable: false }, '+s a'],
  [{ type: 'hide', pattern: 'a' }, 'H a'],
  [{ type: 'show', pattern: 'a', perishable: true }, 'Sp a'],
  [{ type: 'protect', pattern: '/lost+found/' }, 'P /lost+found/'],
  [{ type: 'risk', pattern: 'a', negated: true }, 'R! a'],
  [{ type: 'merge', file: '/etc/rules', patterns: 'exclude', wordSplit: true }, '.-w /etc/rules'],
  [{ type: 'dirMerge', file: '.rules', excludeSelf: true, inherit: false }, ':en .rules'],
  [{ type: 'clear' }, '!'],
  [{ type: 'cvs' }, '-C'],
];

describe('checkFilters', () => {
  it.each(samples)('writes %j as %j', (rule, word) => {
    expect(checkFilters('filters', [rule])).toEqual([word]);
    expect(checkFilters('filters', checkFilters('filters', rule))).toEqual([word]);
  });

  it.each<[object, string]>([
    [{ type: 'exclud', pattern: 'a' }, 'filters[0].type'],
    [{ type: 'exclude' }, 'filters[0].pattern'],
    [{ type: 'exclude', pattern: '' }, 'filters[0].pattern'],
    [{ type: 'hide', pattern: 'a', side: 'sender' }, 'filters[0].side'],
    [{ type: 'include', pattern: 'a', side: 'both' }, 'filters[0].side'],
    [{ type: 'include', pattern: 'a', negated: 'true' }, 'filters[0].negated'],
    [{ type: 'merge', file: 'a', inherit: false }, 'filters[0].inherit'],
    [{ type: 'clear', pattern: 'a' }, 'filters[0].pattern'],
  ])('refuses %j', (rule, argument) => {
    let refused: unknown;
    try {
      checkFilters('filters', [rule]);
    } catch (error) {
      refused = error;
    }
    expect(InvalidArgumentError.isInstance(refused) && refused.argument).toBe(argument);
  });

  it('is understood by rsync, rule by rule', async () => {
    make();
    mkdirSync(at('from'));
    writeFileSync(at('rules'), '*.o\n');
    const rules = samples.map(([rule]) => (rule.type === 'merge' ? { ...rule, file: at('rules') } : rule));
    await createRsync().sync({ source: `${at('from')}/`, destination: at('to'), archive: true, filters: rules });
    expect(readdirSync(folder).sort()).toEqual(['from', 'rules', 'to']);
    remove();
  });
});

describe('rsyncLiteralPattern', () => {
  beforeEach(make);
  afterEach(remove);
  const letters = fc.string({ unit: fc.constantFrom(...Array.from('aX*?[]\\! -+#_{}\n')), minLength: 1, maxLength: 8 });

  it('fits the name and no other', async () => {
    const decoys = ['a', 'X', 'aX', 'aXa', 'XX', 'Xa', 'aa', '\\', '\\a', 'a\\'];
    const check = async (name: string): Promise<void> => {
      remove();
      make();
      mkdirSync(at('from'));
      const names = [...new Set([...decoys, name])];
      for (const file of names) writeFileSync(at('from', file), '');
      const filters: FilterRule[] = [{ type: 'exclude', pattern: rsyncLiteralPattern(`/${name}`) }];
      await createRsync().sync({ source: `${at('from')}/`, destination: at('to'), archive: true, filters });
      expect(readdirSync(at('to')).sort()).toEqual(names.filter((file) => file !== name).sort());
    };
    for (const name of ['a*', 'a\\*b', '**', '\\', 'a\\', '[a]', '[', ']', '?', '***', 'a ', '!']) await check(name);
    await fc.assert(fc.asyncProperty(letters, check), { numRuns: 25 });
  }, 60_000);
});
