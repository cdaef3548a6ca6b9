import { createCommand, type CallOptions, type Command } from '@quiesce/command';
import { domainArgument } from './names.js';

/** What {@link Virsh.dumpxml} takes. */
export interface DumpxmlOptions extends CallOptions {
  /** Name or UUID of the domain. */
  readonly domain: string;
  /**
   * The definition that the next start will use, in place of the running one.
   * @default false
   */
  readonly inactive?: boolean;
  /**
   * Leaves out what another host could not use, so that the definition can be used there.
   * @default false
   */
  readonly migratable?: boolean;
  /**
   * Includes passwords, as those of graphics consoles. Needs a connection that may write.
   * @default false
   */
  readonly securityInfo?: boolean;
}

/** Builds the command of {@link Virsh.dumpxml}. See virsh(1), `dumpxml`. */
export function dumpxmlCommand({ domain, inactive, migratable, securityInfo }: DumpxmlOptions): Command {
  const words = [
    ...(inactive === true ? ['--inactive'] : []),
    ...(migratable === true ? ['--migratable'] : []),
    ...(securityInfo === true ? ['--security-info'] : []),
  ];
  return createCommand('virsh', ['dumpxml', domainArgument('domain', domain), ...words], { effect: 'read' });
}
