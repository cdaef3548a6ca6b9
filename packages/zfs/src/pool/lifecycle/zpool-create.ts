import {
  argumentWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type CallOptions,
  type Checked,
  type Command,
  type Rows,
} from '@quiesce/command';
import { propertiesRow } from '../../dataset/properties.js';
import { auxiliaryRows, newVdevsRow, newVdevWords, type NewAuxiliaryVdevs, type NewVdev } from '../device/new-vdevs.js';
import { altrootRow, mountpointRow, newPoolRow } from './pool-rows.js';

/** What {@link PoolMethods.create} takes. */
export interface ZpoolCreateOptions extends CallOptions, NewAuxiliaryVdevs {
  /**
   * The name of the new pool, as `tank`. zpool keeps `log` to itself, and names that begin with
   * `mirror`, `raidz`, `draid` or `spare`.
   */
  readonly name: string;
  /** The vdevs that the data is spread over. */
  readonly vdevs: readonly NewVdev[];
  /** Properties of the pool, as `{ ashift: '12' }`. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Properties of its first file system, as `{ compression: 'lz4' }`. */
  readonly filesystemProperties?: Readonly<Record<string, string>>;
  /**
   * Where its first file system is mounted: a path, `none` or `legacy`.
   * @default its name below /
   */
  readonly mountpoint?: string;
  /** Folder that all its mount points are below, until it is exported. */
  readonly altroot?: string;
  /**
   * Another name to import it under for this time.
   * @default its name
   */
  readonly temporaryName?: string;
  /**
   * Enables the features that the release knows. Without, those in `properties` as
   * `feature@lz4_compress`.
   * @default true
   */
  readonly features?: boolean;
  /**
   * Takes devices that seem to be in use, and vdevs that differ in kind and size.
   * @default false
   */
  readonly force?: boolean;
  /**
   * Makes nothing and only looks whether the devices can be taken.
   * @default false
   */
  readonly dryRun?: boolean;
}

/** The words of {@link ZpoolCreateOptions}. */
export const zpoolCreateRows: Rows<ZpoolCreateOptions> = {
  force: { kind: 'flag', option: '-f' },
  dryRun: { kind: 'flag', option: '-n', guard: true },
  features: { kind: 'flag', off: '-d' },
  properties: { ...propertiesRow, option: '-o', mayBeEmpty: true },
  filesystemProperties: { ...propertiesRow, option: '-O', mayBeEmpty: true },
  mountpoint: mountpointRow,
  altroot: altrootRow,
  temporaryName: { ...newPoolRow, option: '-t' },
  name: { ...newPoolRow, required: true },
  vdevs: { ...newVdevsRow, required: true },
  ...auxiliaryRows,
};

/**
 * Refuses vdevs whose feature would be missing. The kernel's module does not: it panics over a
 * draid vdev without its feature.
 */
function requireFeatures({ dedup, features, properties = {}, special, vdevs }: Checked<ZpoolCreateOptions>): void {
  const isDraid = [...vdevs, ...(special ?? []), ...(dedup ?? [])].some(({ type }) => type === 'draid');
  if (!isDraid && special === undefined && dedup === undefined) return;
  const refuse = (argument: string, value: unknown): never => {
    const expected = 'none with vdevs that need a feature: draid, special and dedup';
    throw new InvalidArgumentError({ argument, value, expected });
  };
  if (features === false) refuse('features', features);
  for (const [name, value] of Object.entries(properties)) {
    const limits = name === 'version' || (name === 'compatibility' && value !== 'off');
    if (limits || (name.startsWith('feature@') && value !== 'enabled')) refuse(`properties.${name}`, value);
  }
}

/** Builds the command of {@link PoolMethods.create}. See zpool-create(8). */
export function zpoolCreateCommand(options: ZpoolCreateOptions): Command {
  const checked = checkOptions<ZpoolCreateOptions>(zpoolCreateRows, options);
  requireFeatures(checked);
  const words = [...argumentWords(zpoolCreateRows, checked), '--', checked.name, ...newVdevWords(checked)];
  return createCommand('zpool', ['create', ...words], { effect: checked.dryRun === true ? 'read' : 'write' });
}
