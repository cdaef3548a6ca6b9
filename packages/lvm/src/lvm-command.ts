import { createCommand, type CallOptions, type Command, type CommandEffect, type FlagRow } from '@quiesce/command';

/** What every method of {@link Lvm} takes besides its own options. */
export interface LvmCallOptions extends CallOptions {
  /**
   * Waits while another LVM command holds a lock that this one needs, however long. Otherwise it
   * fails at once with a {@link LockError}.
   * @default true
   */
  readonly waitForLock?: boolean | undefined;
}

/** The rows of {@link LvmCallOptions}. {@link lvmCommand} writes what they mean. */
export const lvmCallRows: { readonly waitForLock: FlagRow & { readonly required?: never } } = {
  waitForLock: { kind: 'flag' },
};

/** How {@link lvmCommand} runs a subcommand. */
export interface LvmCommandOptions extends LvmCallOptions {
  readonly effect: CommandEffect;
  /** Further settings in place of those of lvm.conf. */
  readonly settings?: readonly string[];
}

/** A subcommand of lvm that prints nothing but errors and reports, whatever lvm.conf says. */
export function lvmCommand(subcommand: string, args: readonly string[], options: LvmCommandOptions): Command {
  const settings = [
    // Otherwise lvm from 2.03.26 on says in the report why it failed, and nothing on standard
    // error.
    'log/report_command_log=0',
    ...(options.waitForLock === false ? ['global/wait_for_locks=0'] : []),
    ...(options.settings ?? []),
  ];
  return createCommand('lvm', [subcommand, '-qq', '--config', settings.join(' '), ...args], {
    effect: options.effect,
    // Without it lvm complains about every file that its parent left open.
    env: { LVM_SUPPRESS_FD_WARNINGS: '1' },
  });
}
