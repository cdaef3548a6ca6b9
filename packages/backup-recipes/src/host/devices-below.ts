import { createCommand, type Command } from '@quiesce/command';

// A partition is a folder of its disk's folder. A device that goes away meanwhile is no failure.
const script = [
  'for below in "$1"/class/block/*/slaves/*/dev; do',
  '  [ -e "$below" ] && read -r under <"$below" && read -r over <"${below%/slaves/*}/dev" && echo "$over $under"',
  'done',
  'for partition in "$1"/class/block/*/partition; do',
  '  [ -e "$partition" ] && read -r under <"${partition%/partition}/../dev" &&',
  '    read -r over <"${partition%/partition}/dev" && echo "$over $under"',
  'done',
  'true',
].join('\n');

/**
 * Tells what the block devices of a host lie on: partitions on disks, device-mapper's and md's on
 * what they are made of. See sysfs(5).
 */
export function devicesBelowCommand({ sysfs = '/sys' }: { sysfs?: string } = {}): Command {
  return createCommand('sh', ['-c', script, 'sh', sysfs], { effect: 'read' });
}

/**
 * Reads what {@link devicesBelowCommand} prints: the numbers of devices, as `252:3`, by those of
 * the device on top.
 */
export function parseDevicesBelow(stdout: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { groups } of stdout.matchAll(/^(?<over>\d+:\d+) (?<under>\d+:\d+)$/gm)) {
    const { over = '', under = '' } = groups ?? {};
    found.set(over, [...(found.get(over) ?? []), under]);
  }
  return found;
}
