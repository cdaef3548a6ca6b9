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

/** The known word that another one was probably meant to be. Undefined where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const [first] = known
    .map((candidate) => ({ candidate, away: distance(plain(word), plain(candidate)) }))
    .filter(({ away, candidate }) => away <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((one, other) => one.away - other.away);
  return first?.candidate;
}
