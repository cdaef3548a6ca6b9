import { InvalidArgumentError } from '@quiesce/command';
import type { RsyncOptions } from './sync-options.js';

interface Conflict {
  /** The property to blame. */
  readonly argument: keyof RsyncOptions;
  readonly when: (options: RsyncOptions) => boolean;
  readonly expected: string;
}

const goesIntoDirectories = ({ archive, recursive }: RsyncOptions): boolean => archive === true || recursive === true;

const conflicts: readonly Conflict[] = [
  {
    argument: 'sparse',
    when: ({ sparse, inplace }) => sparse === true && inplace === true,
    // rsync allows it since 3.1.3, and then writes the whole file again: RsyncProject/rsync#799.
    expected:
      'not both sparse and inplace: together they rewrite every file and so fill the snapshots of the destination',
  },
  {
    argument: 'partialDir',
    when: ({ partialDir, inplace }) => partialDir !== undefined && inplace === true,
    expected: 'not both partialDir and inplace: with inplace the partial file is the file itself',
  },
  {
    argument: 'delete',
    when: (options) => options.delete === true && !goesIntoDirectories(options),
    expected: 'archive or recursive with it: without going into directories nothing can be compared',
  },
  {
    argument: 'deleteExcluded',
    when: (options) => options.deleteExcluded === true && !goesIntoDirectories(options),
    expected: 'archive or recursive with it: without going into directories nothing can be compared',
  },
  {
    argument: 'files',
    when: ({ files, source }) => files !== undefined && typeof source !== 'string' && source.length > 1,
    expected: 'one source with files: their paths are below it',
  },
  {
    argument: 'maximumChanges',
    when: ({ itemizeChanges, maximumChanges = 0 }) => maximumChanges > 0 && itemizeChanges !== true,
    expected: 'itemizeChanges with it: without that rsync tells no changes',
  },
];

/** Refuses options that rsync refuses together, or that defeat each other. */
export function checkConflicts(options: RsyncOptions): void {
  const found = conflicts.find(({ when }) => when(options));
  if (found === undefined) return;
  throw new InvalidArgumentError({
    argument: found.argument,
    value: options[found.argument],
    expected: found.expected,
  });
}
