import {
  argumentWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  OutputParseError,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import type { PoolState } from '../zpool-list.js';
import { pathRow } from './pool-rows.js';

/** What {@link PoolMethods.importable} takes. */
export interface ZpoolImportableOptions extends CallOptions {
  /**
   * Folders to look for devices in, or the devices and files themselves.
   * @default what the host knows, and /dev
   */
  readonly directories?: string | readonly string[];
  /** A cache file that says which devices there are, in place of looking for them. */
  readonly cacheFile?: string;
  /**
   * Looks for pools that were destroyed, in place of the others.
   * @default false
   */
  readonly destroyed?: boolean;
}

/** A pool as {@link PoolMethods.importable} finds it. */
export interface ImportablePool {
  /** Its name, as `tank`. Two pools may have the same. */
  readonly name: string;
  /** The number that stays the same when it is renamed. */
  readonly guid: string;
  /**
   * How it would be. One that is neither `ONLINE` nor `DEGRADED` can't be imported as it is, nor
   * can one whose log is missing, which is `DEGRADED` in OpenZFS 2.3.
   */
  readonly state: PoolState;
  /** Whether it was destroyed. */
  readonly destroyed: boolean;
  /** What is wrong with it, in zpool's words. */
  readonly message: string | undefined;
  /** What to do, in zpool's words. */
  readonly action: string | undefined;
  /** The comment that it was given. */
  readonly comment: string | undefined;
}

/** The words of {@link ZpoolImportableOptions}. */
export const zpoolImportableRows: Rows<ZpoolImportableOptions> = {
  destroyed: { kind: 'flag', option: '-D' },
  directories: { kind: 'one-or-many', option: '-d', each: pathRow },
  cacheFile: { ...pathRow, option: '-c' },
};

/** Builds the command of {@link PoolMethods.importable}. See zpool-import(8). */
export function zpoolImportableCommand(options: ZpoolImportableOptions = {}): Command {
  const checked = checkOptions<ZpoolImportableOptions>(zpoolImportableRows, options);
  if (checked.cacheFile !== undefined && checked.directories !== undefined) {
    const { cacheFile: value } = checked;
    throw new InvalidArgumentError({ argument: 'cacheFile', value, expected: 'none beside directories' });
  }
  return createCommand('zpool', ['import', ...argumentWords(zpoolImportableRows, checked)], { effect: 'read' });
}

/** The fields of one pool: what `key: value` says, and the lines below that go on with it. */
function fieldsOf(block: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let last = '';
  for (const line of block.split('\n')) {
    const [, key, value = ''] = /^ *([a-z]+): ?(.*)$/.exec(line) ?? [];
    // What follows are the devices, in columns for people.
    if (key === 'config') break;
    if (key === undefined) fields.set(last, `${fields.get(last) ?? ''} ${line.trim()}`);
    else fields.set(key, value);
    if (key !== undefined) last = key;
  }
  return fields;
}

const textOf = (text: string | undefined): string | undefined => text?.replaceAll(/\s+/g, ' ').trim();

function poolOf(block: string): ImportablePool {
  const fields = fieldsOf(block);
  const [name, guid, said] = [fields.get('pool'), fields.get('id'), fields.get('state')];
  const [, state, destroyed] = /^([A-Z]+)( \(DESTROYED\))?/.exec(said ?? '') ?? [];
  if (name === undefined || guid === undefined || !/^\d+$/.test(guid.trim()) || state === undefined) {
    throw new OutputParseError('a pool of zpool import is not as expected', { text: block });
  }
  return {
    name: name.trimEnd(),
    guid: guid.trim(),
    state,
    destroyed: destroyed !== undefined,
    message: textOf(fields.get('status')),
    action: textOf(fields.get('action')),
    comment: fields.get('comment'),
  };
}

/**
 * Reads what the command of {@link PoolMethods.importable} prints. zpool writes it for people
 * alone: only names, numbers and states are sure to be there.
 */
export function parseZpoolImportable(stdout: string): ImportablePool[] {
  // All that it prints comes from the labels of the devices: who can write those can make any pool.
  return stdout
    .split(/^(?= *pool: )/m)
    .filter((block) => /^ *pool: /.test(block))
    .map(poolOf);
}
