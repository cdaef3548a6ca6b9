import { allRecorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { isNotFreeText, valueReader, type PropertyValue, type ValueOf } from './native-properties.js';

describe('valueReader', () => {
  it.each<[string, string, PropertyValue | undefined]>([
    ['used', '12345', 12_345],
    ['compressratio', '1.52x', 1.52],
    ['compressratio', '1.52', 1.52],
    ['quota', 'none', undefined],
    ['refreservation', 'auto', undefined],
    ['filesystem_limit', '18446744073709551615', undefined],
    ['used', '', undefined],
    ['userquota@joe', '1024', 1024],
    ['projectobjused@7', '3', 3],
    ['written@monday', '4096', 4096],
    ['written#mark', '4096', 4096],
    ['atime', 'on', true],
    ['mounted', 'no', false],
    ['readonly', 'maybe', undefined],
    ['creation', '1700000000', new Date('2023-11-14T22:13:20Z')],
    ['guid', '17829184467440737095', '17829184467440737095'],
    ['compression', 'zstd-3', 'zstd-3'],
    ['quiesce:used', '7', '7'],
    ['sharenfs', 'off', 'off'],
  ])('%s: %s', (name, text, value) => {
    expect(valueReader(name)(text)).toEqual(value);
  });

  it('is typed by the name', () => {
    expectTypeOf<ValueOf<'used' | 'written@monday' | 'userquota@joe'>>().toEqualTypeOf<number>();
    expectTypeOf<ValueOf<'atime'>>().toEqualTypeOf<boolean>();
    expectTypeOf<ValueOf<'creation'>>().toEqualTypeOf<Date>();
    expectTypeOf<ValueOf<'guid' | 'quiesce:run' | 'mountpoint'>>().toEqualTypeOf<string>();
    expectTypeOf<ValueOf<string>>().toEqualTypeOf<PropertyValue>();
  });
});

describe('isNotFreeText', () => {
  it.each(['mountpoint', 'keylocation', 'sharenfs', 'sharesmb', 'mlslabel', 'context', 'quiesce:run', 'new'])(
    'is not so sure of %s',
    (name) => {
      expect(isNotFreeText(name)).toBe(false);
    },
  );
});

describe.each(releases('zfs'))('the properties of %s', (release) => {
  it('are known, or may hold a text of people', () => {
    const rows = (allRecorded(release)['get all']?.stdout ?? '').split('\n').map((line) => line.split('\t')[1] ?? '');
    const unknown = rows.filter((name) => /^[a-z_]+$/.test(name) && !isNotFreeText(name));
    expect(rows.length).toBeGreaterThan(50);
    const texts = [
      'keylocation',
      'mountpoint',
      'sharenfs',
      'sharesmb',
      'mlslabel',
      'context',
      'fscontext',
      'defcontext',
      'rootcontext',
    ];
    expect([...new Set(unknown)].filter((name) => !texts.includes(name))).toEqual([]);
  });
});
