import { checkedWords, createCommand, OutputParseError, type CallOptions, type Command } from '@quiesce/command';

/** Builds the command of {@link Virsh.uri}. See virsh(1), `uri`. */
export function virshUriCommand(options: CallOptions = {}): Command {
  return createCommand('virsh', ['uri', ...checkedWords<CallOptions>({}, options)], { effect: 'read' });
}

/** Reads what the command of {@link Virsh.uri} prints. */
export function parseVirshUri(stdout: string): string {
  const uri = stdout.trim();
  if (uri === '' || /\s/.test(uri)) throw new OutputParseError('virsh uri did not print one URI', { text: stdout });
  return uri;
}
