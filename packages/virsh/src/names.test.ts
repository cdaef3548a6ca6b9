import { InvalidArgumentError } from '@quiesce/command';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkUri, domainRow } from './names.js';

const domainArgument = (argument: string, value: string): string =>
  `${domainRow.option}${domainRow.check(argument, value)}`;

const control = /\p{Cc}/u;
const number = /^ *(?:\+?\d+|-0+)$/;

describe('domainRow', () => {
  it.each([
    ...['MySQL', 'two words', '-x', '--help', '--domain=other', "it's", 'say "hi"', 'a;b', 'a\\b', 'Übung 日本', '#c'],
    ...['--', 'x=y', ' ', '12a', '-12', '1.0', '393d5c98-1c4f-435a-859c-f5066d5e4caa'],
  ])('takes %j as one word', (name) => {
    expect(domainArgument('domain', name)).toBe(`--domain=${name}`);
  });

  it.each(['', 'a\nb', 'a\tb', 'a\0', '\u0085', 'a'.repeat(1025), 'é'.repeat(513)])('refuses %j', (name) => {
    expect(() => domainArgument('domain', name)).toThrow('expected the name or UUID of a domain');
  });

  it.each(['1', '007', ' 12', '+5', ' +5', '-0', '-00'])('refuses %j, which virsh takes for an id', (name) => {
    expect(() => domainArgument('domain', name)).toThrow('give the UUID of a domain whose name is a number');
  });

  it('refuses what is not text', () => {
    expect(() => domainArgument('domains[1]', 7 as unknown as string)).toThrow(InvalidArgumentError);
  });

  it('hands every other name on unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (name) => {
        fc.pre(!control.test(name) && !number.test(name));
        expect(domainArgument('domain', name)).toBe(`--domain=${name}`);
      }),
    );
  });
});

describe('checkUri', () => {
  it.each(['qemu:///system', 'qemu+ssh://root@host/system', 'alias', 'test+unix:///default?socket=/run/x'])(
    'takes %j',
    (uri) => {
      expect(checkUri('connectUri', uri)).toBe(uri);
    },
  );

  it.each(['', '-c', '--connect=x', 'a b', 'a\nb', `a${'b'.repeat(1024)}`])('refuses %j', (uri) => {
    expect(() => checkUri('connectUri', uri)).toThrow(InvalidArgumentError);
  });
});
