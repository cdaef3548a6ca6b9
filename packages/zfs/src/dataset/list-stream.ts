import { checkOptions, type CommandRunner, type Rows } from '@quiesce/command';
import { streamRows } from '../stream-rows.js';
import { allFields, fieldReader, type DatasetField, type DatasetWith, type DefaultDatasetField } from './fields.js';
import { buildZfsList, columnsOf, fieldsOf, listFormat, zfsListRows, type ZfsListOptions } from './list.js';

/**
 * The fields that {@link Zfs.listStream} tells: all but the mount point, which could be made to
 * look like further rows, and only the end of the output would show it.
 */
export type StreamedDatasetField = Exclude<DatasetField, 'mountpoint'>;

/** What {@link Zfs.listStream} takes. */
export type ZfsListStreamOptions<Field extends StreamedDatasetField = StreamedDatasetField> = ZfsListOptions<Field>;

const streamedFields = allFields.filter((field) => field !== 'mountpoint');

/** The words of {@link ZfsListStreamOptions}. */
export const zfsListStreamRows: Rows<ZfsListStreamOptions> = {
  ...zfsListRows,
  fields: { kind: 'one-or-many', each: { kind: 'choice', values: streamedFields } },
};

/** Runs what {@link Zfs.listStream} runs. */
export function streamDatasets<Field extends StreamedDatasetField = Exclude<DefaultDatasetField, 'mountpoint'>>(
  zfs: CommandRunner,
  options: ZfsListStreamOptions<Field>,
): AsyncGenerator<DatasetWith<Field>, void, undefined> {
  const checked = checkOptions<ZfsListStreamOptions>(zfsListStreamRows, options);
  const fields = fieldsOf(checked, streamedFields);
  const columns = columnsOf(fields);
  const command = buildZfsList(columns, checked);
  const read = fieldReader(fields) as (cells: readonly string[]) => DatasetWith<Field>;
  return streamRows(zfs, checked, { command, format: listFormat(columns), read });
}
