import {
  argumentWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { propertiesRow } from '../../dataset/properties.js';
import { altrootRow, mountOptionRow, newPoolRow, pathRow, poolOrGuidRow } from './pool-rows.js';

/** What {@link PoolMethods.import} takes. */
export interface ZpoolImportOptions extends CallOptions {
  /** The pool by its name, as `tank`, or by its guid. */
  readonly pool: string;
  /**
   * Another name for it.
   * @default the name that it has
   */
  readonly newName?: string;
  /**
   * Keeps the new name only until it is exported.
   * @default false
   */
  readonly temporary?: boolean;
  /**
   * Folders with its devices, or the devices and files themselves.
   * @default what the host knows, and /dev
   */
  readonly directories?: string | readonly string[];
  /** A cache file that says which devices it has, in place of looking for them. */
  readonly cacheFile?: string;
  /**
   * Imports it for reading only.
   * @default false
   */
  readonly readOnly?: boolean;
  /**
   * Mounts its file systems.
   * @default true
   */
  readonly mount?: boolean;
  /** Options of mount(8) without a value, as `noatime`. */
  readonly mountOptions?: string | readonly string[];
  /** Folder that all its mount points are below, until it is exported. */
  readonly altroot?: string;
  /** Properties of the pool for this time, as `{ cachefile: 'none' }`. */
  readonly properties?: Readonly<Record<string, string>>;
  /**
   * Loads the keys of encrypted file systems, from where their `keylocation` says.
   * @default false
   */
  readonly loadKeys?: boolean;
  /**
   * Imports it although it seems to be in use, as of a host that was not shut down.
   * @default false
   */
  readonly force?: boolean;
  /**
   * Imports it without a log that is missing. What was in it is lost.
   * @default false
   */
  readonly missingLog?: boolean;
  /**
   * Imports one that was destroyed.
   * @default false
   */
  readonly destroyed?: boolean;
  /**
   * Goes back to its checkpoint. What came after it is lost.
   * @default false
   */
  readonly rewindToCheckpoint?: boolean;
  /**
   * Where it can't be imported as it is, goes back to a state from some seconds before. What came
   * after it is lost.
   * @default false
   */
  readonly rewind?: boolean;
  /**
   * With `rewind`: does not go back, and only looks whether that would help. A pool that can be
   * imported as it is is imported all the same.
   * @default false
   */
  readonly dryRun?: boolean;
}

/** The words of {@link ZpoolImportOptions}. */
export const zpoolImportRows: Rows<ZpoolImportOptions> = {
  destroyed: { kind: 'flag', option: '-D' },
  force: { kind: 'flag', option: '-f' },
  loadKeys: { kind: 'flag', option: '-l' },
  missingLog: { kind: 'flag', option: '-m' },
  mount: { kind: 'flag', off: '-N' },
  temporary: { kind: 'flag', option: '-t' },
  rewindToCheckpoint: { kind: 'flag', option: '--rewind-to-checkpoint' },
  rewind: { kind: 'flag', option: '-F' },
  dryRun: { kind: 'flag', option: '-n', guard: true },
  directories: { kind: 'one-or-many', option: '-d', each: pathRow },
  cacheFile: { ...pathRow, option: '-c' },
  altroot: altrootRow,
  readOnly: { kind: 'flag' },
  mountOptions: { kind: 'one-or-many', option: '-o', join: ',', each: mountOptionRow },
  properties: { ...propertiesRow, option: '-o', mayBeEmpty: true },
  pool: poolOrGuidRow,
  newName: newPoolRow,
};

function requireBeside(argument: string, given: unknown, other: string, beside: unknown): void {
  if (given !== true || (beside !== undefined && beside !== false)) return;
  throw new InvalidArgumentError({ argument, value: given, expected: `${other} with it` });
}

/** Builds the command of {@link PoolMethods.import}. See zpool-import(8). */
export function zpoolImportCommand(options: ZpoolImportOptions): Command {
  const checked = checkOptions<ZpoolImportOptions>(zpoolImportRows, options);
  const { cacheFile, directories, dryRun = false, newName, pool, readOnly = false, rewind, temporary } = checked;
  // zpool would import it.
  requireBeside('dryRun', dryRun, 'rewind', rewind);
  requireBeside('temporary', temporary, 'newName', newName);
  if (cacheFile !== undefined && directories !== undefined) {
    throw new InvalidArgumentError({ argument: 'cacheFile', value: cacheFile, expected: 'none beside directories' });
  }
  const words = [
    ...argumentWords(zpoolImportRows, checked),
    ...(readOnly ? ['-o', 'readonly=on'] : []),
    ...['--', pool, ...(newName === undefined ? [] : [newName])],
  ];
  return createCommand('zpool', ['import', ...words], { effect: 'write' });
}
