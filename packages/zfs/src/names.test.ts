import { InvalidArgumentError } from '@quiesce/command';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkAnyName,
  checkDataset,
  checkDatasetOrSnapshot,
  checkPool,
  checkShortSnapshot,
  checkSnapshot,
} from './names.js';

const checks = { checkAnyName, checkDataset, checkDatasetOrSnapshot, checkPool, checkShortSnapshot, checkSnapshot };

describe('names', () => {
  // Every one of these was made with the real tool.
  it.each(['tank', 'quiesce-zfs/-x', 'tank/.x', 'tank/:', 'tank/a ', 'tank/a b', 'tank/VM.images', 'tank/...'])(
    'takes the dataset %j',
    (name) => {
      expect(checkDataset('name', name)).toBe(name);
      expect(checkAnyName('name', `${name}#mark`)).toBe(`${name}#mark`);
      expect(checkSnapshot('name', `${name}@daily.1 a`)).toBe(`${name}@daily.1 a`);
    },
  );

  it.each([
    'tank/..',
    'tank/.',
    'tank/../a',
    'tank/./a',
    'tank//a',
    'tank/',
    '/tank',
    '.tank',
    '9tank',
    'ta%nk',
    'tänk',
  ])('refuses the dataset %j', (name) => {
    expect(() => checkDataset('name', name)).toThrow(InvalidArgumentError);
    expect(() => checkSnapshot('name', `${name}@a`)).toThrow(InvalidArgumentError);
    expect(() => checkAnyName('name', `${name}#a`)).toThrow(InvalidArgumentError);
  });

  it('counts 255 bytes', () => {
    const longest = `tank/${'a'.repeat(250)}`;
    expect(checkDataset('name', longest)).toBe(longest);
    expect(() => checkDataset('name', `${longest}a`)).toThrow(/255 bytes/);
  });

  it('refuses what is no text', () => {
    for (const check of Object.values(checks)) {
      expect(() => check('name', undefined as unknown as string)).toThrow(InvalidArgumentError);
      expect(() => check('name', ['tank'] as unknown as string)).toThrow(InvalidArgumentError);
    }
  });

  it('lets nothing through that could be an option, another name or a list', () => {
    const unit = fc.constantFrom(
      'a',
      'Z',
      '0',
      '_',
      '.',
      ':',
      '-',
      '/',
      '@',
      '#',
      '%',
      ',',
      ' ',
      '\n',
      '\t',
      "'",
      '$',
      ';',
      '=',
      'é',
      '\0',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), fc.constantFrom(...Object.values(checks)), (name, check) => {
        try {
          check('name', name);
        } catch (error) {
          if (InvalidArgumentError.isInstance(error)) return;
          throw error;
        }
        expect(name).toMatch(/^[A-Za-z0-9_.:/ @#-]+$/);
        expect(name).not.toMatch(/^-|[@#].*[@#/]|\n/);
      }),
      { numRuns: 5000 },
    );
  });
});
