import type { AnyRows, SomeRow } from './rows.js';

/** How many letters must be put in, left out or changed to make one word of another. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(one).entries()) {
    const next = [index + 1];
    for (const [column, wanted] of Array.from(other).entries()) {
      const changed = (row[column] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** A word by its letters alone. One letter is another one in capitals: `-r` is not `-R`. */
const plain = (word: string): string => {
  const letters = word.replaceAll(/[^A-Za-z0-9]/g, '');
  return letters.length === 1 ? letters : letters.toLowerCase();
};

/** The only one of several. */
const single = (found: readonly string[]): string | undefined => (found.length === 1 ? found[0] : undefined);

/** The option that the tool calls so, as `excludes` is `--exclude`, or `mount: false` is `-u`. */
function byTool(word: string, rows: AnyRows): string | undefined {
  return single(
    Object.entries<SomeRow>(rows).flatMap(([name, row]) => {
      const off = row.kind === 'flag' ? row.off : undefined;
      if (row.option !== undefined && plain(row.option) === word) return [name];
      return off !== undefined && plain(off) === word ? [`${name}: false`] : [];
    }),
  );
}

/** Whether one is the other with something before it, which makes the opposite of most words. */
const isOpposite = (one: string, other: string): boolean =>
  one !== other && (one.endsWith(other) || other.endsWith(one));

/** The option that a slip of the hand made the word of. */
function bySlip(word: string, known: readonly string[]): string | undefined {
  const near = known
    .map((name) => ({ name, away: distance(word, plain(name)) }))
    .filter(({ away, name }) => away <= Math.max(1, Math.floor(name.length / 5)) && !isOpposite(word, plain(name)));
  const least = Math.min(...near.map(({ away }) => away));
  return single(near.flatMap(({ away, name }) => (away === least ? [name] : [])));
}

const units = /(?:Bytes|BytesPerSecond|Minutes|Ms|Seconds)$/;

/** The option that says its unit, where the word is without. */
const byUnit = (word: string, known: readonly string[]): string | undefined =>
  single(known.filter((name) => units.test(name) && plain(name.replace(units, '')) === word));

/**
 * The option that a name was probably meant to be: the one that the tool calls so, that is spelt
 * nearly so, or that says its unit too. Undefined where there is none, or more than one.
 */
export function nearest(name: string, known: readonly string[], rows: AnyRows): string | undefined {
  const word = plain(name);
  return word === '' ? undefined : (byTool(word, rows) ?? byUnit(word, known) ?? bySlip(word, known));
}
