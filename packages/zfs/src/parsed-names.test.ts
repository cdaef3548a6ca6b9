import { InvalidArgumentError } from '@quiesce/command';
import { recorded, releases } from '@quiesce/lab/recorded';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outputLines } from './output-rows.js';
import {
  isBookmarkName,
  isDatasetName,
  isPoolName,
  isSnapshotName,
  parseBookmarkName,
  parseSnapshotName,
} from './parsed-names.js';

const isName = (name: string): boolean => isDatasetName(name) || isSnapshotName(name) || isBookmarkName(name);

describe('parseSnapshotName', () => {
  it('takes a name apart', () => {
    expect(parseSnapshotName('tank/a b/vm@1.a')).toEqual({ pool: 'tank', dataset: 'tank/a b/vm', snapshot: '1.a' });
    expect(parseSnapshotName('tank@1')).toEqual({ pool: 'tank', dataset: 'tank', snapshot: '1' });
  });

  it.each(['tank', 'tank#1', 'tank@', 'tank@1@2', 'tank@.', '', undefined, 5])('refuses %j', (name) => {
    expect(() => parseSnapshotName(name as string)).toThrow(InvalidArgumentError);
  });
});

describe('parseBookmarkName', () => {
  it('takes a name apart', () => {
    expect(parseBookmarkName('tank/vm#1')).toEqual({ pool: 'tank', dataset: 'tank/vm', bookmark: '1' });
  });

  it.each(['tank', 'tank@1', 'tank#', 'tank#1#2', 'tank#..'])('refuses %j', (name) => {
    expect(() => parseBookmarkName(name)).toThrow(InvalidArgumentError);
  });
});

describe.each(releases('zfs'))('names and zfs on %s', (release) => {
  // What zfs reads as a name and makes nothing of: a pool begins with a letter, % is for itself.
  const refusedByUsAlone = ['9tank', '-tank', '_tank', '.tank', 'tank/a%b', 'tank@a%b', ' tank'];

  it('are the same', () => {
    const rows = outputLines(recorded(release, 'names').stdout).map((line) => line.split('\t'));
    const differ = rows.filter(([name = '', says]) => isName(name) !== (says === 'no such')).map(([name]) => name);
    expect(rows.length).toBeGreaterThan(50);
    expect(differ).toEqual(refusedByUsAlone);
  });
});

describe('names', () => {
  const unit = fc.constantFrom('a', 'Z', '0', '_', '.', ':', '-', ' ');
  const part = fc.string({ unit, minLength: 1, maxLength: 4 }).filter((text) => !['.', '..'].includes(text));
  const pool = fc.tuple(fc.constantFrom('a', 'Z'), fc.string({ unit, maxLength: 3 })).map((both) => both.join(''));
  const dataset = fc.tuple(pool, fc.array(part, { maxLength: 3 })).map(([first, rest]) => [first, ...rest].join('/'));

  it('are known when they follow the grammar, and come apart', () => {
    fc.assert(
      fc.property(dataset, part, (name, last) => {
        expect(isDatasetName(name)).toBe(true);
        expect(isPoolName(name)).toBe(!name.includes('/'));
        const common = { pool: name.split('/')[0], dataset: name };
        expect(parseSnapshotName(`${name}@${last}`)).toEqual({ ...common, snapshot: last });
        expect(parseBookmarkName(`${name}#${last}`)).toEqual({ ...common, bookmark: last });
        const kinds = (text: string): boolean[] =>
          [isDatasetName, isSnapshotName, isBookmarkName].map((is) => is(text));
        expect([name, `${name}@${last}`, `${name}#${last}`].map(kinds)).toEqual([
          [true, false, false],
          [false, true, false],
          [false, false, true],
        ]);
      }),
    );
  });

  it('are refused with anything in them that a name has not', () => {
    const wrong = fc.constantFrom('%', ',', '\n', '\t', "'", '$', ';', '=', 'é', '\0', '//', '/./', '/../', '@@', '@#');
    fc.assert(
      fc.property(dataset, part, wrong, fc.nat(), (name, last, between, at) => {
        const whole = `${name}@${last}`;
        const place = at % (whole.length + 1);
        expect(isName(whole.slice(0, place) + between + whole.slice(place))).toBe(false);
      }),
    );
  });
});
