import { checkInteger, InvalidArgumentError } from '@quiesce/command';

/** Which datasets a command looks at. */
export interface Selection {
  /**
   * Looks at everything below the datasets too.
   * @default false
   */
  readonly recursive?: boolean;
  /** How many levels below the datasets to look at, in place of all: 1 for their snapshots and children. */
  readonly depth?: number;
}

/**
 * Whether a command finds no more than the datasets that are named. Asked for snapshots or bookmarks alone, zfs gives those
 * of a dataset without being told to.
 */
export function findsOnlyNamed(
  { recursive = false, depth }: Selection,
  datasets: readonly string[],
  types: readonly string[],
): boolean {
  const takesDatasets = types.length === 0 || types.includes('filesystem') || types.includes('volume');
  return datasets.length > 0 && !recursive && depth === undefined && takesDatasets;
}

/** `-d depth` or `-r`, and `-t type,type`. */
export function selectionArguments(
  { recursive = false, depth }: Selection,
  types: readonly string[],
  knownTypes: readonly string[],
): string[] {
  for (const [index, type] of types.entries()) {
    if (!knownTypes.includes(type)) {
      throw new InvalidArgumentError({
        argument: `types[${String(index)}]`,
        value: type,
        expected: knownTypes.join(' or '),
      });
    }
  }
  const level = depth === undefined ? undefined : String(checkInteger('depth', depth));
  return [
    ...(level === undefined ? [] : ['-d', level]),
    ...(recursive && level === undefined ? ['-r'] : []),
    ...(types.length > 0 ? ['-t', types.join(',')] : []),
  ];
}
