/**
 * Which release of rsync brought an option, for those that came after 3.1.0. What is older every
 * rsync has that this package works with.
 */
export const optionsSince: Readonly<Record<string, string>> = {
  '--checksum-choice': '3.1.3',
  '--copy-as': '3.2.0',
  '--compress-choice': '3.2.0',
  '--max-alloc': '3.2.2',
  '--open-noatime': '3.2.0',
  '--write-devices': '3.2.0',
  '--atimes': '3.2.0',
  '--crtimes': '3.2.3',
  '--early-input': '3.2.1',
  '--mkpath': '3.2.3',
  '--stderr': '3.2.3',
  '--stop-after': '3.2.3',
  '--stop-at': '3.2.3',
  '--copy-devices': '3.2.4',
  '--fsync': '3.2.4',
  '--old-args': '3.2.4',
  '--trust-sender': '3.2.5',
  '--secluded-args': '3.2.6',
  '--compress-threads': '3.4.2',
  '--confine-root': '3.5.0',
  '--insecure-links': '3.5.0',
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
