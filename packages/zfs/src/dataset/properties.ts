import { checkArgument, InvalidArgumentError, type RecordRow, type TextRow } from '@quiesce/command';

// `compression`; `userquota@joe`, `written@monday`, `written#mark`; `quiesce:run`.
const propertyName = /^(?:[a-z0-9_]+(?:[@#][A-Za-z0-9_.:@ -]+)?|[a-z0-9_.:-]*:[a-z0-9_.:-]*)$/;

// zfs takes the heads of its columns in place of some names, and answers with the name.
const columnHeads: ReadonlyMap<string, string> = new Map([
  ['avail', 'available'],
  ['case', 'casesensitivity'],
  ['compress', 'compression'],
  ['dnsize', 'dnodesize'],
  ['encroot', 'encryptionroot'],
  ['fscount', 'filesystem_count'],
  ['fslimit', 'filesystem_limit'],
  ['lrefer', 'logicalreferenced'],
  ['lused', 'logicalused'],
  ['ratio', 'compressratio'],
  ['rdonly', 'readonly'],
  ['recsize', 'recordsize'],
  ['redund_md', 'redundant_metadata'],
  ['refer', 'referenced'],
  ['refratio', 'refcompressratio'],
  ['refreserv', 'refreservation'],
  ['reserv', 'reservation'],
  ['resumetok', 'receive_resume_token'],
  ['rsnaps', 'redact_snaps'],
  ['sscount', 'snapshot_count'],
  ['sslimit', 'snapshot_limit'],
  ['usedchild', 'usedbychildren'],
  ['usedds', 'usedbydataset'],
  ['usedrefreserv', 'usedbyrefreservation'],
  ['usedsnap', 'usedbysnapshots'],
  ['volblock', 'volblocksize'],
]);

/** Checks the name of a native or user property. */
export function checkProperty(argument: string, value: string): string {
  const expected = 'the name of a property: small letters, digits and : _ . -, 255 bytes at most';
  return checkArgument(argument, value, { pattern: propertyName, expected, maximumBytes: 255 });
}

/** Checks the name of one property to read: the name that zfs answers with. */
function checkReadProperty(argument: string, value: string): string {
  const expected = 'one property; leave properties out for all';
  if (value === 'all') throw new InvalidArgumentError({ argument, value, expected });
  const name = columnHeads.get(value);
  if (name !== undefined) throw new InvalidArgumentError({ argument, value, expected: `its full name, ${name}` });
  return checkProperty(argument, value);
}

/** The row of one property by its full name. */
export const propertyRow: TextRow = { kind: 'text', check: checkReadProperty, sample: 'compression' };

/** Checks the value of a property: zfs knows what it takes. */
export function checkPropertyValue(argument: string, value: string): string {
  if (!value.includes('\0')) return value;
  throw new InvalidArgumentError({ argument, value, expected: 'a text without NUL' });
}

/**
 * Properties to set, each as `name=value`. A builder that writes them as options of their own says
 * which.
 */
export const propertiesRow: Omit<RecordRow, 'required' | 'guard'> = {
  kind: 'record',
  name: { kind: 'text', check: checkProperty, sample: 'quiesce:run' },
  value: { kind: 'text', check: checkPropertyValue, sample: 'on' },
};
