import {
  checkedWords,
  createCommand,
  OutputParseError,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { stateNamed, type DomainState } from './domain-state.js';
import { domainRow } from '../names.js';

/** What {@link Virsh.domstate} takes. */
export interface VirshDomstateOptions extends CallOptions {
  /** Name or UUID of the domain. */
  readonly domain: string;
}

/** What {@link Virsh.domstate} returns. */
export interface DomstateResult {
  readonly state: DomainState;
  /** Why it is in that state, in the words of virsh, as `user` for a domain that someone paused. */
  readonly reason: string;
}

/** The words of {@link VirshDomstateOptions}. */
export const virshDomstateRows: Rows<VirshDomstateOptions> = { domain: domainRow };

/** Builds the command of {@link Virsh.domstate}. See virsh(1), `domstate`. */
export function virshDomstateCommand(options: VirshDomstateOptions): Command {
  return createCommand('virsh', ['domstate', ...checkedWords(virshDomstateRows, options), '--reason'], {
    effect: 'read',
  });
}

/** Reads what the command of {@link Virsh.domstate} prints. */
export function parseVirshDomstate(stdout: string): DomstateResult {
  const text = stdout.trim();
  const { state: name = '', reason } = /^(?<state>[^()]+) \((?<reason>.*)\)$/.exec(text)?.groups ?? {};
  const state = stateNamed(name);
  if (state === undefined || reason === undefined) {
    throw new OutputParseError('virsh domstate did not print a state and its reason', { text });
  }
  return { state, reason };
}
