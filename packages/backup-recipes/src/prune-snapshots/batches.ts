/** At most so many go with one command. */
export const snapshotsAtOnce = 100;

/** A list in parts of at most that length. */
export function partsOf<Item>(items: readonly Item[], length: number): (readonly Item[])[] {
  const parts: (readonly Item[])[] = [];
  for (let first = 0; first < items.length; first += length) parts.push(items.slice(first, first + length));
  return parts;
}
