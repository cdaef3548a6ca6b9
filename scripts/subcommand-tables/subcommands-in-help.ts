/** How each program's own list of what it can do is read. */
const patterns: Readonly<Record<string, RegExp>> = {
  virsh: /^ {4}(?<name>[a-z][a-z0-9-]*)\b/gm,
  zfs: /^\t(?<name>[a-z][a-z0-9-]*)\b/gm,
  zpool: /^\t(?<name>[a-z][a-z0-9-]*)\b/gm,
  lvm: /^ {2}(?<name>[a-z][a-z0-9]*)\b/gm,
  // Some of its lines have the long option first.
  rsync: /^ *(?:-\w, )?(?<name>--[a-z0-9-]+)(?=[=,\s\[])/gm,
};

/** The subcommands that a program says that it has; of rsync its options. */
export function subcommandsInHelp(program: string, help: string): string[] {
  const pattern = patterns[program];
  if (pattern === undefined) throw new Error(`no help of ${program} is known`);
  const text = program === 'rsync' ? help.slice(help.indexOf('\nOptions')) : help;
  return [...new Set([...text.matchAll(pattern)].map(({ groups }) => groups?.['name'] ?? ''))];
}
