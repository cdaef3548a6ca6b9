import { checkedWords, createCommand, type CallOptions, type Command, type Rows } from '@quiesce/command';
import { domainRow } from '../names.js';

/** What {@link Virsh.dumpxml} takes. */
export interface VirshDumpxmlOptions extends CallOptions {
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

/** The words of {@link VirshDumpxmlOptions}. */
export const virshDumpxmlRows: Rows<VirshDumpxmlOptions> = {
  domain: domainRow,
  inactive: { kind: 'flag', option: '--inactive' },
  migratable: { kind: 'flag', option: '--migratable' },
  securityInfo: { kind: 'flag', option: '--security-info' },
};

/** Builds the command of {@link Virsh.dumpxml}. See virsh(1), `dumpxml`. */
export function virshDumpxmlCommand(options: VirshDumpxmlOptions): Command {
  return createCommand('virsh', ['dumpxml', ...checkedWords(virshDumpxmlRows, options)], { effect: 'read' });
}
