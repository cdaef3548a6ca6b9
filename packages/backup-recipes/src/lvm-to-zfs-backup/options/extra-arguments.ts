/**
 * Options of rsync that change nothing of what is copied. With a value after `=` where they take
 * one.
 */
const harmless: readonly RegExp[] = [
  /^--(?:block-size|bwlimit|checksum-choice|checksum-seed|compress-choice|compress-level|max-alloc|timeout)=./,
  /^--(?:acls|xattrs|atimes|open-noatime|numeric-ids|checksum|compress|fsync|fuzzy|preallocate)$/,
  /^--(?:delete-(?:before|during|delay|after)|no-inc-recursive)$/,
  /^-[AXUcyz]+$/,
];

/** Why others are refused, by what they do. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/^(?:--dry-run|--list-only|--only-write-batch.*)$|^-[A-Za-z]*n/, 'it copies nothing'],
  [/^--remove-(?:source|sent)-files$/, 'it removes files of the host'],
  [
    /^--(?:size-only|ignore-times|times-only|modify-window|update|existing|ignore-(?:existing|non-existing)|max-size|min-size|append.*)/,
    'files that differ may be left as they are',
  ],
  [
    /^--(?:exclude|include|filter|files-from|cvs-exclude|delete-excluded|from0)|^-[A-Za-z]*[CFf]/,
    'it leaves files out, or removes them',
  ],
  [
    /^--(?:ignore-errors|force|max-delete|no-delete|partial.*|delay-updates|backup.*|suffix)/,
    'what is gone would stay, or files would be added',
  ],
];

/**
 * Why a further argument of rsync is refused. Undefined for one that changes nothing of what is
 * copied.
 */
export function extraArgumentProblem(word: string): string | undefined {
  if (harmless.some((pattern) => pattern.test(word))) return undefined;
  const reason = reasons.find(([pattern]) => pattern.test(word))?.[1];
  const why = reason ?? 'what it does to a backup is not known';
  return `${why}, so the copy could not be called complete: only arguments that change nothing of what is copied are taken, as --bwlimit=… or --checksum`;
}
