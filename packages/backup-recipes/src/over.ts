import type { Command } from '@quiesce/command';

/**
 * A command of virsh that does not depend on what reaches libvirt by default for whoever runs it.
 */
export function over(connectUri: string, command: Command): Command {
  return { ...command, args: ['-c', connectUri, ...command.args] };
}
