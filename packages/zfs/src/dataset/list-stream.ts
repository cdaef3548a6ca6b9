import { checkOptions, type CommandRunner, type Rows } from '@quiesce/command';
import { streamRows } from '../stream-rows.js';
import { datasetReader } from './dataset-reader.js';
import { allFields, type DatasetField, type DatasetWith, type DefaultDatasetField } from './fields.js';
import { buildZfsList, columnsOf, fieldsOf, zfsListRows, type ZfsListOptions } from './list.js';

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
  const command = buildZfsList(columnsOf(fields), checked);
  return streamRows(zfs, checked, command, datasetReader<Field>(fields));
}
