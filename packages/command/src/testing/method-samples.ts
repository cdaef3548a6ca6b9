import type { AnyRows, SomeRow } from '../arguments/rows.js';

/** Options of any method. */
export type Options = Readonly<Record<string, unknown>>;

/** A right value of an option. */
export function sampleOf(row: SomeRow): unknown {
  switch (row.kind) {
    case 'flag':
      return true;
    case 'integer':
      return row.sample ?? row.minimum ?? 1;
    case 'choice':
      return row.values[0];
    case 'list':
      return [sampleOf(row.each)];
    case 'one-or-many':
      return sampleOf(row.each);
    case 'record':
      return { [row.name.sample]: row.value.sample };
    case 'group':
      return requiredOf(row.rows);
    case 'text':
    case 'other':
      return row.sample;
  }
}

/** The options that a method can't do without. */
export function requiredOf(rows: AnyRows): Options {
  return Object.fromEntries(
    Object.entries(rows).flatMap(([name, row]) => (row.required === true ? [[name, sampleOf(row)]] : [])),
  );
}

/**
 * Calls a method of a client by its path, `list` or `pool.status`, and waits for what it returns: a
 * method that streams is read to its end.
 */
export async function callMethod(client: object, method: string, options: unknown): Promise<unknown> {
  const path = method.split('.');
  const owner = path
    .slice(0, -1)
    .reduce<unknown>((object, name) => (object as Record<string, unknown>)[name], client) as Record<
    string,
    (options: unknown) => unknown
  >;
  const outcome = owner[path.at(-1) ?? '']?.(options);
  if (!streams(outcome)) return await outcome;
  const values: unknown[] = [];
  for await (const value of outcome) values.push(value);
  return values;
}

/** Whether a method returned nothing to wait for but values that come one by one. */
function streams(outcome: unknown): outcome is AsyncIterable<unknown> {
  return typeof outcome === 'object' && outcome !== null && Symbol.asyncIterator in outcome && !('then' in outcome);
}
