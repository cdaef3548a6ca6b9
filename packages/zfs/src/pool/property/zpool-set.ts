import {
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { checkProperty, checkPropertyValue } from '../../dataset/properties.js';
import { poolRow } from '../pool-row.js';

/** What {@link PoolMethods.set} takes. */
export interface ZpoolSetOptions extends CallOptions {
  /** The pool. */
  readonly pool: string;
  /**
   * The property, as `comment` or `feature@encryption`. OpenZFS knows user properties of pools from
   * 2.2 on.
   */
  readonly property: string;
  /** The value. For a feature it is `enabled`, which is for good; an empty one clears a comment. */
  readonly value: string;
}

function checkValue(argument: string, value: unknown): string {
  if (typeof value === 'string') return checkPropertyValue(argument, value);
  throw new InvalidArgumentError({ argument, value, expected: 'a text' });
}

/** The words of {@link ZpoolSetOptions}. */
export const zpoolSetRows: Rows<ZpoolSetOptions> = {
  property: { kind: 'text', check: checkProperty, sample: 'comment', required: true },
  // A row of kind `text` takes no empty one.
  value: { kind: 'other', check: checkValue, sample: 'second shelf', required: true },
  pool: { ...poolRow, required: true },
};

/** Builds the command of {@link PoolMethods.set}. See zpool-set(8). */
export function zpoolSetCommand(options: ZpoolSetOptions): Command {
  const { pool, property, value } = checkOptions<ZpoolSetOptions>(zpoolSetRows, options);
  // zpool takes one property at a time. Neither word can begin with `-`.
  return createCommand('zpool', ['set', `${property}=${value}`, pool], { effect: 'write' });
}
