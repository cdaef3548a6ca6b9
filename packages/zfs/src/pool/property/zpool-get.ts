import {
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type CallOptions,
  type Checked,
  type Command,
  type CommandRunner,
  type Rows,
  type TextRow,
} from '@quiesce/command';
import { checkProperty } from '../../dataset/properties.js';
import { poolsRow } from '../../names.js';
import { outputLines, parseRows, requireRows } from '../../output-rows.js';
import { readRows } from '../../read-rows.js';

/** What {@link PoolMethods.get} takes. */
export interface ZpoolGetOptions extends CallOptions {
  /**
   * Pools to read.
   * @default all that are imported
   */
  readonly pools?: string | readonly string[];
  /**
   * Properties to read, in full words: `allocated`, not `alloc`. Features are `feature@` and their
   * name; OpenZFS knows user properties of pools from 2.2 on.
   * @default all
   */
  readonly properties?: string | readonly string[];
}

/** One property of one pool as {@link PoolMethods.get} returns it. */
export interface PoolProperty {
  /** The pool. */
  readonly name: string;
  /** The property, as `ashift` or `feature@encryption`. */
  readonly property: string;
  /** The value as it is, numbers exact. Undefined where it is not set. */
  readonly value: string | undefined;
  /** Where the value comes from. `none` for one that is only read, or not set. */
  readonly source: 'local' | 'default' | 'none' | (string & Record<never, never>);
}

/**
 * Properties as {@link PoolMethods.get} returns them: by the name of the pool, then by that of the
 * property. What zpool did not tell of is not in it. Neither have they what other objects have, as
 * `toString`: a pool may be called so.
 */
export type PropertiesByPool = Readonly<Record<string, Readonly<Record<string, PoolProperty>>>>;

// zpool takes the heads of its columns in place of some names, and answers with the name.
const columnHeads: ReadonlyMap<string, string> = new Map([
  ['alloc', 'allocated'],
  ['bclone_ratio', 'bcloneratio'],
  ['bclone_saved', 'bclonesaved'],
  ['bclone_used', 'bcloneused'],
  ['cap', 'capacity'],
  ['ckpoint', 'checkpoint'],
  ['ddtquota', 'dedup_table_quota'],
  ['ddtsize', 'dedup_table_size'],
  ['dedup', 'dedupratio'],
  ['expand', 'autoexpand'],
  ['expandsz', 'expandsize'],
  ['frag', 'fragmentation'],
  ['listsnaps', 'listsnapshots'],
  ['rdonly', 'readonly'],
  ['replace', 'autoreplace'],
]);

function checkPoolProperty(argument: string, value: string): string {
  const expected = 'one property; leave properties out for all';
  if (value === 'all') throw new InvalidArgumentError({ argument, value, expected });
  const name = columnHeads.get(value);
  if (name !== undefined) throw new InvalidArgumentError({ argument, value, expected: `its full name, ${name}` });
  return checkProperty(argument, value);
}

/** The row of one property of a pool. */
const poolPropertyRow: TextRow = { kind: 'text', check: checkPoolProperty, sample: 'ashift' };

/** The words of {@link ZpoolGetOptions}. */
export const zpoolGetRows: Rows<ZpoolGetOptions> = {
  properties: { kind: 'one-or-many', each: poolPropertyRow },
  pools: poolsRow,
};

// The value comes last: that of a user property may hold tabs and line breaks.
const columns = ['name', 'property', 'source', 'value'] as const;

function build(shown: readonly string[], options: ZpoolGetOptions): Command {
  const { pools = [], properties = ['all'] } = checkOptions<ZpoolGetOptions>(zpoolGetRows, options);
  const list = [...new Set(properties)].join(',');
  return createCommand('zpool', ['get', '-Hp', '-o', shown.join(','), '--', list, ...new Set(pools)], {
    effect: 'read',
  });
}

/** Builds the command of {@link PoolMethods.get}. See zpool-get(8). */
export function zpoolGetCommand(options: ZpoolGetOptions = {}): Command {
  return build(columns, options);
}

/**
 * Builds the command that names the rows which that of {@link zpoolGetCommand} prints for the same
 * options: nothing in it can be forged. {@link parseZpoolGet} takes what it prints.
 */
export function zpoolGetNamesCommand(options: ZpoolGetOptions = {}): Command {
  return build(['name', 'property'], options);
}

/** The rows that there are, where the options name them all. */
function namedRows({ pools = [], properties = [] }: Checked<ZpoolGetOptions>): string[] | undefined {
  if (properties.length === 0 || pools.length === 0) return undefined;
  return pools.flatMap((name) => properties.map((property) => `${name}\t${property}`));
}

const isStart = ([, , source = '']: readonly string[]): boolean => /^(?:-|[a-z]+)$/.test(source);

/**
 * Reads what the command of {@link PoolMethods.get} prints, and refuses an output with forged rows.
 * Takes the same options as the command.
 *
 * @param names - What the command of {@link zpoolGetNamesCommand} printed. It can be left out where
 * pools and properties are all named.
 * @throws `OutputParseError` for rows other than those.
 */
export function parseZpoolGet(stdout: string, options: ZpoolGetOptions = {}, names?: string): PoolProperty[] {
  const checked = checkOptions<ZpoolGetOptions>(zpoolGetRows, options);
  const expected = names === undefined ? namedRows(checked) : outputLines(names);
  if (expected === undefined) {
    throw new InvalidArgumentError({ argument: 'names', value: names, expected: 'what zpoolGetNamesCommand prints' });
  }
  const rows = parseRows(stdout, { what: 'zpool get', columns, isStart });
  requireRows(
    'zpool get',
    rows.map(({ name, property }) => `${name}\t${property}`),
    expected,
  );
  return rows.map(({ name, property, source, value }) => ({
    name,
    property,
    // What is not set has the source `default`, as a comment.
    value: value === '-' && source !== 'local' ? undefined : value,
    source: source === '-' ? 'none' : source,
  }));
}

/** Runs what {@link PoolMethods.get} runs. */
export async function readPoolProperties(zpool: CommandRunner, options: ZpoolGetOptions): Promise<PropertiesByPool> {
  const checked = checkOptions<ZpoolGetOptions>(zpoolGetRows, options);
  const rows = await readRows(zpool, checked, {
    names: namedRows(checked) === undefined ? zpoolGetNamesCommand(checked) : undefined,
    rows: zpoolGetCommand(checked),
    parse: (stdout, names) => parseZpoolGet(stdout, checked, names),
  });
  // A pool may be called as something that every object has.
  const sorted = Object.create(null) as Record<string, Record<string, PoolProperty>>;
  for (const row of rows) {
    sorted[row.name] ??= Object.create(null) as Record<string, PoolProperty>;
    Object.assign(sorted[row.name] ?? {}, { [row.property]: row });
  }
  return sorted;
}
