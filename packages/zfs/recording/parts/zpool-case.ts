import type { Case } from '@quiesce/lab/scenario';

/** A recorded command of zpool. */
export const zpool = (name: string, ...args: readonly string[]): Case => ({ name, program: 'zpool', args });

/** The same as an ordinary user. */
export const asNobody = (name: string, ...args: readonly string[]): Case => ({
  ...zpool(name, ...args),
  user: 'nobody',
});
