import { TimeoutError, createCommand } from '@quiesce/command';
import type { ScriptedReply } from '@quiesce/command/testing';

/** A domain that is none. */
export interface FakeDomain {
  readonly name: string;
  readonly uuid: string;
  state: string;
  /** The run whose mark it carries. */
  mark: string | undefined;
  /** The boot test whose guest it is. */
  readonly bootMark?: string;
  /** What libvirt never answers for it. */
  readonly hangs?: 'everything' | 'resume';
}

class Hung extends Error {}

/** What virsh prints for one command, by the messages of libvirt 11 of Debian 13. */
function say(domains: FakeDomain[], line: string): { stdout: string; error?: string } {
  const [verb = ''] = line.split(' ');
  if (verb === 'uri') return { stdout: 'qemu:///system\n\n' };
  if (verb === 'list') {
    return { stdout: `${domains.map(({ name, uuid }, id) => `${uuid} ${String(id + 1)} ${name}\n`).join('')}\n` };
  }
  const domain = domains.find(({ uuid }) => line.includes(uuid));
  if (domain === undefined) return { stdout: '', error: "failed to get domain 'it'" };
  if (domain.hangs === 'everything' || domain.hangs === verb) throw new Hung();
  if (verb === 'domstate') return { stdout: `${domain.state} (user)\n\n` };
  if (verb === 'resume') {
    if (domain.state !== 'paused') {
      return { stdout: '', error: 'Requested operation is not valid: domain is already running' };
    }
    domain.state = 'running';
    return { stdout: "Domain 'it' resumed\n\n" };
  }
  if (verb === 'destroy') {
    domains.splice(domains.indexOf(domain), 1);
    return { stdout: "Domain 'it' destroyed\n\n" };
  }
  if (line.includes('quiesce/boot') && domain.bootMark !== undefined) {
    return { stdout: `<boot run="${domain.bootMark}"/>\n\n` };
  }
  if (line.includes('--remove')) {
    domain.mark = undefined;
    return { stdout: 'Metadata modified\n' };
  }
  if (domain.mark === undefined) return { stdout: '', error: 'metadata not found: it is not present' };
  return { stdout: `<pause run="${domain.mark}" since="1364083186"/>\n\n` };
}

/** Answers a virsh, with one command or a batch of them. */
export function answerVirsh(domains: FakeDomain[], args: readonly string[]): ScriptedReply {
  const words = args[0] === '-c' ? args.slice(2) : args;
  let stdout = '';
  let stderr = '';
  try {
    for (const line of words.join(' ').split('; ')) {
      if (line.startsWith('echo --err ')) stderr += `error: ${line.slice(11)}\n`;
      else if (line.startsWith('echo ')) stdout += `${line.slice(5)}\n`;
      else {
        const said = say(domains, line);
        stdout += said.stdout;
        if (said.error !== undefined) stderr += `error: ${said.error}\n`;
      }
    }
  } catch (error) {
    if (!(error instanceof Hung)) throw error;
    const command = createCommand('virsh', args);
    return { error: new TimeoutError({ command, timeoutMs: 1, stillRunning: false }) };
  }
  return { stdout, stderr, exitCode: stderr.includes('error: ') && words.length > 1 ? 1 : 0 };
}
