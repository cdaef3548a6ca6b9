import { checkArgument, type OneOrManyRow } from '@quiesce/command';

const device = { pattern: /^[^-\p{Cc}][^\p{Cc}]*$/u, expected: 'a device as zpool names it: its path or name' };

/** The row of devices of a pool, by path or name. */
export const vdevsRow: Omit<OneOrManyRow<string>, 'required' | 'guard'> = {
  kind: 'one-or-many',
  each: { kind: 'text', check: (argument, value) => checkArgument(argument, value, device), sample: 'sda' },
};
