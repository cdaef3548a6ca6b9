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

const plain = (word: string): string => word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/**
 * The option that a name was probably meant to be: the one that is near, that the tool calls so, or
 * that alone goes on after it, as `sizeBytes` after `size`. Undefined where there is none.
 */
export function nearest(name: string, known: readonly string[], rows: AnyRows): string | undefined {
  const word = plain(name);
  const ofTool = Object.entries<SomeRow>(rows).find(([, { option = '' }]) => option !== '' && plain(option) === word);
  if (ofTool !== undefined) return ofTool[0];
  const [first] = known
    .map((candidate) => ({ candidate, away: distance(word, plain(candidate)) }))
    .filter(({ away, candidate }) => away <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((one, other) => one.away - other.away);
  if (first !== undefined) return first.candidate;
  const longer = known.filter((candidate) => word.length > 3 && plain(candidate).startsWith(word));
  return longer.length === 1 ? longer[0] : undefined;
}
