import type { CommandRunner, MethodTable } from '@quiesce/command';
import { readPoolProperties, zpoolGetRows, type PropertiesByPool, type ZpoolGetOptions } from './zpool-get.js';
import { zpoolSetCommand, zpoolSetRows, type ZpoolSetOptions } from './zpool-set.js';

/** The methods of {@link PoolMethods} for properties. */
export interface PoolPropertyMethods {
  /**
   * Reads properties of pools, and where each value comes from: by pool, then by property.
   *
   * @throws {@link PoolNotFoundError}.
   * @throws {@link InvalidPropertyError} for a property that the release does not know.
   * @throws `OutputParseError` of `@quiesce/command` when a value was made to look like rows about
   * something else.
   *
   * @example
   * ```ts
   * const found = await zfs.pool.get({ pools: 'tank', properties: ['ashift', 'autotrim'] });
   * console.log(found['tank']?.['ashift']?.value);
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-get.8.html | zpool-get(8)}
   */
  get(options?: ZpoolGetOptions): Promise<PropertiesByPool>;

  /**
   * Sets a property of a pool.
   *
   * @throws {@link PoolNotFoundError}, {@link PermissionDeniedError}.
   * @throws {@link InvalidPropertyError} for a property that there is not or that is only read, and
   * for a wrong value.
   *
   * @example
   * ```ts
   * await zfs.pool.set({ pool: 'tank', property: 'autotrim', value: 'on' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-set.8.html | zpool-set(8)}
   */
  set(options: ZpoolSetOptions): Promise<void>;
}

/** The rows of {@link PoolPropertyMethods}. */
export const poolPropertyTable: MethodTable<PoolPropertyMethods> = {
  get: { command: 'zpool get', rows: zpoolGetRows },
  set: { command: 'zpool set', rows: zpoolSetRows },
};

/** Makes {@link PoolPropertyMethods}. */
export function poolPropertyMethods(zpool: CommandRunner): PoolPropertyMethods {
  return {
    get: async (options = {}) => readPoolProperties(zpool, options),
    set: async (options) => zpool.perform(zpoolSetCommand(options), options),
  };
}
