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
