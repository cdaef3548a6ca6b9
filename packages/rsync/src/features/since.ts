import type { AnyRows, SomeRow } from '@quiesce/command';
import { rsyncRows } from '../options/sync-rows.js';

const rows = Object.values<SomeRow>(rsyncRows as unknown as AnyRows);

/**
 * Which release of rsync brought an option, for those that came after 3.1.0. What is older every
 * rsync has that this package works with.
 */
export const optionsSince: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    rows.flatMap(({ option, since }) =>
      option === undefined || since === undefined ? [] : [[option.replace(/=$/, ''), since]],
    ),
  ),
  // These have no property.
  '--old-args': '3.2.4',
  '--secluded-args': '3.2.6',
  '--stderr': '3.2.3',
};

const numbersOf = (version: string): number[] => (/^v?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? '').split('.').map(Number);

/** Whether a version comes before another. */
export function isOlder(version: string, than: string): boolean {
  const [one, other] = [numbersOf(version), numbersOf(than)];
  const at = other.findIndex((number, index) => number !== (one[index] ?? 0));
  return at !== -1 && (one[at] ?? 0) < (other[at] ?? 0);
}

/** The options among words that not every rsync has. */
function newer(args: readonly string[]): { readonly option: string; readonly since: string }[] {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? undefined : end).flatMap((word) => {
    const option = word.replace(/=[^]*$/, '');
    const since = optionsSince[option];
    return since === undefined ? [] : [{ option, since }];
  });
}

/** Whether it matters for these words which rsync it is. */
export function needsVersion(args: readonly string[]): boolean {
  return newer(args).length > 0 || (args.includes('--inplace') && args.includes('--no-whole-file'));
}

/** The options among words that an rsync of this version lacks. */
export function lackingOptions(
  args: readonly string[],
  version: string,
): { readonly option: string; readonly since: string }[] {
  return newer(args).filter(({ since }) => isOlder(version, since));
}
