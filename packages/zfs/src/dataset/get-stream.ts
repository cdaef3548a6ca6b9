import { checkOptions, InvalidArgumentError, type CommandRunner, type Rows } from '@quiesce/command';
import { streamRows, type LineReader } from '../stream-rows.js';
import { buildZfsGet, getColumns, zfsGetRows, type ZfsGetOptions } from './get.js';
import { isNotFreeText } from './native-properties.js';
import { propertyReader, type Property } from './property-reader.js';
import { propertyRow } from './properties.js';

/** What {@link Zfs.getStream} takes. */
export interface ZfsGetStreamOptions<Name extends string = string> extends Omit<ZfsGetOptions<Name>, 'properties'> {
  /**
   * Native properties to read, in full words: those that nobody can write a text of their own into.
   * Such a text could look like further rows, and only the end of the output would show it:
   * {@link Zfs.get} reads those.
   */
  readonly properties: Name | readonly Name[];
}

function checkStreamed(argument: string, value: string): string {
  const name = propertyRow.check(argument, value);
  if (isNotFreeText(name)) return name;
  const expected = 'a native property without a text that people write, as used; zfs.get reads the others';
  throw new InvalidArgumentError({ argument, value, expected });
}

/** The words of {@link ZfsGetStreamOptions}. */
export const zfsGetStreamRows: Rows<ZfsGetStreamOptions> = {
  ...zfsGetRows,
  properties: { kind: 'one-or-many', each: { kind: 'text', check: checkStreamed, sample: 'used' }, required: true },
};

/** Runs what {@link Zfs.getStream} runs. */
export function streamProperties<Name extends string>(
  zfs: CommandRunner,
  options: ZfsGetStreamOptions<Name>,
): AsyncGenerator<Property<Name>, void, undefined> {
  const checked = checkOptions<ZfsGetStreamOptions>(zfsGetStreamRows, options);
  const command = buildZfsGet(getColumns, checked);
  const reader = propertyReader({ isOpen: false }) as LineReader<unknown> as LineReader<Property<Name>>;
  return streamRows(zfs, checked, command, reader);
}
