import { InvalidArgumentError, isPlainObject } from '@quiesce/command';
import type { FilterRule } from './filter-rule.js';
import { checkFilter } from './patterns.js';

type Given = Readonly<Record<string, unknown>>;
/** The letters of what may stand in a rule, by its name, and for which value. */
type Modifiers = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface Kind {
  readonly letter: string;
  /** What the rule is about. */
  readonly subject?: 'pattern' | 'file';
  readonly modifiers: Modifiers;
}

const on = (letter: string): Readonly<Record<string, string>> => ({ true: letter, false: '' });
const side = { side: { sender: 's', receiver: 'r' } };
const named = { absolute: on('/'), negated: on('!'), perishable: on('p'), xattr: on('x') };
const ofName = { subject: 'pattern', modifiers: { ...named, ...side } } as const;
const ofSide = { subject: 'pattern', modifiers: named } as const;
const patterns = { patterns: { exclude: '-', include: '+' } };
const merged = { ...patterns, wordSplit: on('w'), ...side, perishable: on('p') };
const own = { excludeSelf: on('e'), inherit: { true: '', false: 'n' } };

const kinds: Readonly<Record<FilterRule['type'], Kind>> = {
  include: { letter: '+', ...ofName },
  exclude: { letter: '-', ...ofName },
  hide: { letter: 'H', ...ofSide },
  show: { letter: 'S', ...ofSide },
  protect: { letter: 'P', ...ofSide },
  risk: { letter: 'R', ...ofSide },
  merge: { letter: '.', subject: 'file', modifiers: merged },
  dirMerge: { letter: ':', subject: 'file', modifiers: { ...merged, ...own } },
  clear: { letter: '!', modifiers: {} },
  cvs: { letter: '-C', modifiers: {} },
};

function refuse(argument: string, value: unknown, expected: string): never {
  throw new InvalidArgumentError({ argument, value, expected });
}

function kindOf(argument: string, { type }: Given): Kind {
  const found = Object.entries(kinds).find(([name]) => name === type);
  return found?.[1] ?? refuse(`${argument}.type`, type, Object.keys(kinds).join(', '));
}

function letterOf(argument: string, value: unknown, letters: Readonly<Record<string, string>>): string {
  if (value === undefined) return '';
  const isFlag = Object.hasOwn(letters, 'true');
  const text = typeof value === 'boolean' ? JSON.stringify(value) : typeof value === 'string' ? value : '';
  const name = (typeof value === 'boolean') === isFlag ? text : '';
  const expected = isFlag ? 'true or false' : Object.keys(letters).join(' or ');
  return Object.hasOwn(letters, name) ? (letters[name] ?? '') : refuse(argument, value, expected);
}

/** The words of a rule that is given by its parts. */
function ruleWord(argument: string, rule: Given): string {
  const { letter, modifiers, subject } = kindOf(argument, rule);
  const known = ['type', ...(subject === undefined ? [] : [subject]), ...Object.keys(modifiers)];
  const unknown = Object.keys(rule).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const expected = `one of ${known.join(', ')}`;
    throw new InvalidArgumentError({
      ...{ argument: `${argument}.${unknown}`, value: undefined, expected },
      what: `is no part of a rule of the type ${String(rule['type'])}`,
    });
  }
  const letters = Object.entries(modifiers).map(([name, values]) =>
    letterOf(`${argument}.${name}`, rule[name], values),
  );
  if (subject === undefined) return letter;
  const about = rule[subject];
  if (typeof about === 'string' && about !== '' && !about.includes('\0'))
    return `${letter}${letters.join('')} ${about}`;
  return refuse(`${argument}.${subject}`, about, subject === 'file' ? 'the name of a file' : 'a pattern, as "*.tmp"');
}

/** Checks a rule and returns it in rsync's own words. */
function checkRule(argument: string, rule: unknown): string {
  if (typeof rule === 'string') return checkFilter(argument, rule);
  return isPlainObject(rule)
    ? ruleWord(argument, rule)
    : refuse(argument, rule, "a filter rule, as \"- *.tmp\" or { type: 'exclude', pattern: '*.tmp' }");
}

/** Checks filter rules and returns them in rsync's own words. */
export function checkFilters(argument: string, value: unknown): readonly string[] {
  if (!Array.isArray(value)) return Object.freeze([checkRule(argument, value)]);
  return Object.freeze(
    Array.from(value as unknown[], (rule, index) => checkRule(`${argument}[${String(index)}]`, rule)),
  );
}

/**
 * Makes a pattern that fits this name and no other, whatever wildcards stand in it: for `excludes`,
 * `includes` and {@link FilterRule}s. With a slash at the beginning it is meant from the source,
 * with one at the end it is a directory.
 *
 * @throws `InvalidArgumentError` for an empty name.
 *
 * @example
 * ```ts
 * rsyncLiteralPattern('/a*b'); // '/a\\*b'
 * rsyncLiteralPattern('/plain\\name'); // as it is: without wildcards a backslash stands for itself
 * ```
 *
 * @see {@link https://download.samba.org/pub/rsync/rsync.1 | rsync(1)}
 */
export function rsyncLiteralPattern(name: string): string {
  const given: unknown = name;
  if (typeof given !== 'string' || given === '' || given.includes('\0')) {
    return refuse('name', name, 'a name or a path, as "/a*b"');
  }
  return /[*?[]/.test(name) ? name.replaceAll(/[\\*?[]/g, String.raw`\$&`) : name;
}
