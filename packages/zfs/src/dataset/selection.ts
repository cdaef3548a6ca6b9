import type { FlagRow, IntegerRow } from '@quiesce/command';

/** Which datasets a command looks at. */
export interface DatasetSelection {
  /**
   * Looks at everything below the datasets too.
   * @default false
   */
  readonly recursive?: boolean;
  /**
   * How many levels below the datasets to look at, in place of all: 1 for their snapshots and
   * children.
   */
  readonly depth?: number;
}

/**
 * Whether a command finds no more than the datasets that are named. Asked for snapshots or
 * bookmarks alone, zfs gives those of a dataset without being told to.
 */
export function findsOnlyNamed(
  { recursive = false, depth }: DatasetSelection,
  datasets: readonly string[],
  types: readonly string[],
): boolean {
  const takesDatasets = types.length === 0 || types.includes('filesystem') || types.includes('volume');
  return datasets.length > 0 && !recursive && depth === undefined && takesDatasets;
}

/** The rows of {@link DatasetSelection}. */
export const selectionRows: { readonly depth: IntegerRow & Optional; readonly recursive: FlagRow & Optional } = {
  depth: { kind: 'integer', option: '-d' },
  recursive: { kind: 'flag', option: '-r' },
};

interface Optional {
  readonly required?: never;
}

/**
 * The same options without what they say twice: a depth takes the place of `recursive`, and zfs
 * refuses both.
 */
export function withoutTwice<Options extends DatasetSelection>(options: Options): Options {
  return options.depth === undefined ? options : { ...options, recursive: false };
}
