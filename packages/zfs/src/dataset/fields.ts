import { OutputParseError, parseInteger } from '@quiesce/command';
import { unset } from '../output-rows.js';

/** Kinds of datasets. */
export type DatasetType = 'filesystem' | 'volume' | 'snapshot';

/** All kinds of datasets. */
export const datasetTypes: readonly DatasetType[] = ['filesystem', 'volume', 'snapshot'];

/** What {@link Zfs.list} can tell of a dataset besides its name and type. */
export interface DatasetFields {
  /**
   * Space that it and everything below it take, in bytes. For a snapshot: that would be free
   * without it alone.
   */
  readonly usedBytes: number;
  /** Space left for it, in bytes. Undefined for a snapshot. */
  readonly availableBytes: number | undefined;
  /** Data that it refers to, in bytes, shared or not. */
  readonly referencedBytes: number;
  /** Data written since the snapshot before, in bytes. */
  readonly writtenBytes: number | undefined;
  /** Whether it is mounted now. Undefined for what can't be. */
  readonly mounted: boolean | undefined;
  /** When it was made. */
  readonly createdAt: Date;
  /** The number of the pool's transaction that it was made in: it tells the true order. */
  readonly createtxg: number;
  /** The number that no other dataset has, and that a copy by `zfs send` of a snapshot keeps. */
  readonly guid: string;
  /** How many holds a snapshot has. Undefined for what can't be held. */
  readonly holds: number | undefined;
  /** The snapshot that it is a clone of. Undefined for what is none. */
  readonly origin: string | undefined;
  /**
   * Where it is mounted, or would be. Undefined for what has no mount point, `none` and `legacy` as
   * they are.
   */
  readonly mountpoint: string | undefined;
}

/** The name of one of {@link DatasetFields}. */
export type DatasetField = keyof DatasetFields;

interface Column {
  readonly property: string;
  readonly read: (text: string) => unknown;
}

const integer = (property: string): Column => ({ property, read: (text) => parseInteger(property, text) });
const optionalInteger = (property: string): Column => ({
  property,
  read: (text) => (text === '-' ? undefined : parseInteger(property, text)),
});

/** The property that each field is read from, and how. */
export const fieldColumns: Readonly<Record<DatasetField, Column>> = {
  usedBytes: integer('used'),
  availableBytes: optionalInteger('available'),
  referencedBytes: integer('referenced'),
  writtenBytes: optionalInteger('written'),
  mounted: { property: 'mounted', read: (text) => (text === '-' ? undefined : text === 'yes') },
  createdAt: { property: 'creation', read: (text) => new Date(parseInteger('creation', text) * 1000) },
  createtxg: integer('createtxg'),
  guid: { property: 'guid', read: (text) => text },
  holds: optionalInteger('userrefs'),
  origin: { property: 'origin', read: unset },
  mountpoint: { property: 'mountpoint', read: unset },
};

/** All fields, in the order of their columns: the mount point may hold tabs and line breaks. */
export const allFields: readonly DatasetField[] = Object.keys(fieldColumns) as DatasetField[];

/** The fields that are told unless others are asked for. */
export const defaultFields: readonly DefaultDatasetField[] = [
  'usedBytes',
  'availableBytes',
  'referencedBytes',
  'mounted',
  'createdAt',
  'mountpoint',
];

/** One of the fields that are told unless others are asked for. */
export type DefaultDatasetField =
  'usedBytes' | 'availableBytes' | 'referencedBytes' | 'mounted' | 'createdAt' | 'mountpoint';

/** The name and type of a dataset, and the fields that were asked for. */
export type DatasetWith<Field extends DatasetField> = {
  /** `pool/path`, or `pool/path@name` for a snapshot. */
  readonly name: string;
  /** What it is. */
  readonly type: DatasetType;
} & Pick<DatasetFields, Field>;

/** Makes the reader of rows with these fields, after name and type. */
export function fieldReader(fields: readonly DatasetField[]): (cells: readonly string[]) => DatasetWith<DatasetField> {
  const columns = fields.map((field) => [field, fieldColumns[field].read] as const);
  return (cells) => {
    const [name = '', kind] = cells;
    const type = datasetTypes.find((known) => known === kind);
    if (type === undefined) throw new OutputParseError('zfs list names an unknown type', { text: String(kind) });
    const dataset: Record<string, unknown> = { name, type };
    let index = 2;
    for (const [field, read] of columns) {
      dataset[field] = read(cells[index] ?? '');
      index += 1;
    }
    return dataset as unknown as DatasetWith<DatasetField>;
  };
}
