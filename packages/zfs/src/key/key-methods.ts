import type { CommandRunner, MethodTable } from '@quiesce/command';
import { zfsChangeKeyCommand, zfsChangeKeyRows, type ZfsChangeKeyOptions } from './change-key.js';
import { zfsLoadKeyCommand, zfsLoadKeyRows, type ZfsLoadKeyOptions } from './load-key.js';
import { zfsUnloadKeyCommand, zfsUnloadKeyRows, type ZfsUnloadKeyOptions } from './unload-key.js';

/** The methods of {@link Zfs} for the keys of encrypted datasets. */
export interface KeyMethods {
  /**
   * Loads the key of an encryption root, so that what it encrypts can be mounted. A key that is
   * given goes to zfs by standard input; a `string` as UTF-8.
   *
   * @throws {@link KeyLoadedError} where it is loaded already.
   * @throws {@link WrongKeyError} for another key.
   * @throws {@link KeyUnreadableError} where there is no key at its location, and where one that
   * is asked for at a terminal was not given.
   * @throws {@link NotEncryptedError}, {@link NotEncryptionRootError}.
   * @throws {@link DatasetNotFoundError}, {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * const key = 'correct horse battery staple';
   * await zfs.loadKey({ dataset: 'tank/vm', key });
   * await zfs.mount({ filesystem: 'tank/vm' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-load-key.8.html | zfs-load-key(8)}
   */
  loadKey(options: ZfsLoadKeyOptions): Promise<void>;

  /**
   * Unloads the key of an encryption root: nobody reads what it encrypts until it is loaded again.
   *
   * @throws {@link KeyNotLoadedError} where none is loaded.
   * @throws {@link DatasetBusyError} where something that it encrypts is mounted or open.
   * @throws {@link NotEncryptedError}, {@link NotEncryptionRootError}.
   * @throws {@link DatasetNotFoundError}, {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.unmount({ filesystem: 'tank/vm' });
   * await zfs.unloadKey({ dataset: 'tank/vm' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-load-key.8.html | zfs-unload-key(8)}
   */
  unloadKey(options: ZfsUnloadKeyOptions): Promise<void>;

  /**
   * Changes the key that a dataset is unlocked with, and makes it an encryption root; the data
   * stays encrypted as it is. With `inherit` it takes the key of the encryption root above.
   *
   * @throws {@link KeyNotLoadedError} where the old key is not loaded.
   * @throws {@link KeyUnreadableError} where there is no key at its location.
   * @throws {@link NotEncryptedError}, {@link NotEncryptionRootError}.
   * @throws {@link DatasetNotFoundError}, {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * const key = crypto.getRandomValues(new Uint8Array(32));
   * await zfs.changeKey({ dataset: 'tank/vm', keyFormat: 'raw', key });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-load-key.8.html | zfs-change-key(8)}
   */
  changeKey(options: ZfsChangeKeyOptions): Promise<void>;
}

/** The rows of {@link KeyMethods}. */
export const keyTable: MethodTable<KeyMethods> = {
  loadKey: { command: 'zfs load-key', rows: zfsLoadKeyRows },
  unloadKey: { command: 'zfs unload-key', rows: zfsUnloadKeyRows },
  changeKey: { command: 'zfs change-key', rows: zfsChangeKeyRows },
};

/** Makes {@link KeyMethods}. */
export function keyMethods(zfs: CommandRunner): KeyMethods {
  return {
    loadKey: async (options) => zfs.perform(zfsLoadKeyCommand(options), options),
    unloadKey: async (options) => zfs.perform(zfsUnloadKeyCommand(options), options),
    changeKey: async (options) => zfs.perform(zfsChangeKeyCommand(options), options),
  };
}
