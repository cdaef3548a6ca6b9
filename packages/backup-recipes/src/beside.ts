/**
 * Does the same with each of several things beside each other, so many at once at most. One that
 * rejects ends it.
 */
export async function beside<Thing>(
  things: readonly Thing[],
  atOnce: number,
  body: (thing: Thing) => Promise<void>,
): Promise<void> {
  const waiting = things.values();
  const work = async (): Promise<void> => {
    // All of them take from the one iterator.
    for (const thing of waiting) await body(thing);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, things.length) }, work));
}
