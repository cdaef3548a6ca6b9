import { parseInteger } from '@quiesce/command';
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

/** Where a field is read from. */
interface Column {
  readonly property: string;
  /** What is between two places of a line. */
  readonly read: (line: string, from: number, to: number) => unknown;
}

/** Digits between two places. Undefined where something else is there, or too many for a number. */
function scanInteger(line: string, from: number, to: number): number | undefined {
  if (to === from || to - from > 15) return undefined;
  let value = 0;
  for (let place = from; place < to; place += 1) {
    const digit = line.charCodeAt(place) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

const isUnset = (line: string, from: number, to: number): boolean => to === from + 1 && line[from] === '-';
const text = (line: string, from: number, to: number): string => line.slice(from, to);
const optionalText = (line: string, from: number, to: number): string | undefined => unset(line.slice(from, to));

interface IntegerColumn extends Column {
  readonly read: (line: string, from: number, to: number) => number;
}

const integer = (property: string): IntegerColumn => ({
  property,
  read: (line, from, to) => scanInteger(line, from, to) ?? parseInteger(property, line.slice(from, to)),
});
const optionalInteger = (property: string): Column => {
  const { read } = integer(property);
  return { property, read: (line, from, to) => (isUnset(line, from, to) ? undefined : read(line, from, to)) };
};

const creation = integer('creation');

/** The property that each field is read from, and how. */
export const fieldColumns: Readonly<Record<DatasetField, Column>> = {
  usedBytes: integer('used'),
  availableBytes: optionalInteger('available'),
  referencedBytes: integer('referenced'),
  writtenBytes: optionalInteger('written'),
  mounted: {
    property: 'mounted',
    read: (line, from, to) => (isUnset(line, from, to) ? undefined : text(line, from, to) === 'yes'),
  },
  createdAt: { property: 'creation', read: (line, from, to) => new Date(creation.read(line, from, to) * 1000) },
  createtxg: integer('createtxg'),
  guid: { property: 'guid', read: text },
  holds: optionalInteger('userrefs'),
  origin: { property: 'origin', read: optionalText },
  mountpoint: { property: 'mountpoint', read: optionalText },
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
