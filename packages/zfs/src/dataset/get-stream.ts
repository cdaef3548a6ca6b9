import { checkOptions, InvalidArgumentError, type CommandRunner, type Rows } from '@quiesce/command';
import { rowReader } from '../output-rows.js';
import { streamRows } from '../stream-rows.js';
import {
  buildZfsGet,
  getColumns,
  getFormat,
  propertyReader,
  zfsGetRows,
  type Property,
  type ZfsGetOptions,
} from './get.js';
import { isNotFreeText } from './native-properties.js';
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
  const read = propertyReader() as (cells: readonly string[]) => unknown as (
    cells: readonly string[],
  ) => Property<Name>;
  const { columns, what } = getFormat;
  const reader = rowReader({ columns, what });
  return streamRows(zfs, checked, command, {
    push: (lines) => reader.push(lines).map(read),
    end: () => reader.end().map(read),
  });
}
