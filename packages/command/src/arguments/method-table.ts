import type { AnyTable } from './rows.js';

/** What a method of a client stands for, and what its options are checked by. */
export interface MethodRow {
  /** The program and its subcommand, in the tool's own words, as `virsh send-key`. */
  readonly command: string;
  /** The rows of its options. */
  readonly rows: AnyTable;
}

/**
 * One row for each method of a topic: a method without one does not compile. Tests throw wrong
 * options at what is in it, and the tables of the documentation are made from it.
 */
export type MethodTable<Methods> = Readonly<Record<Exclude<keyof Methods, 'run'>, MethodRow>>;

/** The same table for a topic that is a part of its client, as `pool` is: `pool.list`. */
export type NestedTable<Name extends string, Methods> = Readonly<
  Record<`${Name}.${string & Exclude<keyof Methods, 'run'>}`, MethodRow>
>;

/**
 * Puts the name of a part of a client before the names of its methods.
 *
 * @example
 * ```ts
 * const table: MethodTable<{ list(): Promise<string[]> }> = {
 *   list: { command: 'zpool list', rows: {} },
 * };
 * nestedTable('pool', table); // { 'pool.list': { command: 'zpool list', rows: {} } }
 * ```
 */
export function nestedTable<Name extends string, Methods>(
  name: Name,
  table: MethodTable<Methods>,
): NestedTable<Name, Methods> {
  const rows = Object.entries<MethodRow>(table).map(([method, row]) => [`${name}.${method}`, row]);
  return Object.fromEntries(rows) as NestedTable<Name, Methods>;
}
