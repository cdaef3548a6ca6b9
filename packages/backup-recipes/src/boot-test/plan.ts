import { quoteWord, toShell, type Command } from '@quiesce/command';
import { pingAgentCommand } from '../host/boot-folders.js';
import { askPortCommand, forwardedPortCommand } from '../host/forwarded-port.js';
import { over } from '../over.js';
import { createRunId } from '../run-id.js';
import { cloneCommands, snapshotCommand, startCommands } from './commands.js';
import { bootFolder, bootName, bootRoot, consoleFile } from './names.js';
import type { PortSign, ResolvedBootOptions } from './options.js';
import { preflight } from './preflight.js';
import { madeThings, remedyFor } from './remove.js';
import type { BootImage } from './report.js';

/** What `run` of {@link bootTest} would do. Everything but `toShell` is data. */
export interface BootPlan {
  readonly version: 1;
  readonly recipe: 'bootTest';
  readonly target: string;
  readonly guest: string;
  /** Snapshot that it is started from. Undefined for what the target holds. */
  readonly snapshot: string | undefined;
  /** The run whose data that is. */
  readonly runId: string | undefined;
  readonly images: readonly BootImage[];
  /** What of the guest is left out, as `interface`, or `disk vdb` for one that is in no backup. */
  readonly leftOut: readonly string[];
  /** The definition of the guest that is started. */
  readonly definition: string;
  /** What is done, one after the other, until the guest runs. */
  readonly commands: readonly Command[];
  /** A shell script that does the same, by hand. */
  toShell(): string;
}

/**
 * A filter that succeeds where it reads what is wanted, without control characters, as `run` does.
 */
function filterFor(wanted: string | RegExp): string {
  const plain = String.raw`tr -d '\000-\010\013-\037\177'`;
  if (typeof wanted === 'string' && !wanted.includes('\n')) return `${plain} | grep -qaF -e ${quoteWord(wanted)}`;
  const flags = typeof wanted === 'string' ? '' : wanted.flags.replaceAll(/[^ims]/g, '');
  const source = typeof wanted === 'string' ? wanted.replaceAll(/[^\w\s]/g, String.raw`\$&`) : wanted.source;
  return `${plain} | grep -qazP -e ${quoteWord(flags === '' ? source : `(?${flags})${source}`)}`;
}

const askSeconds = 15;

/** Asks the port of the guest, for as long as it takes. */
function portShell({ says, send = '' }: PortSign, runId: string, connectUri: string): string {
  const number = String.raw`sed -n 's/.*HOST_FORWARD. *[0-9]* *127\.0\.0\.1 *\([0-9]*\) .*/\1/p'`;
  const port = `port=$(${toShell(over(connectUri, forwardedPortCommand({ runId })))} 2>/dev/null | ${number})`;
  const { args, file } = askPortCommand({ port: 0, send, seconds: askSeconds });
  // The fourth of its words is the port.
  const asked = [file, ...args].map((word, index) => (index === 4 ? '"$port"' : quoteWord(word))).join(' ');
  return `${port} && ${asked} 2>/dev/null | ${filterFor(says)}`;
}

/** A command that succeeds once the sign is there. */
function signShell({ sign }: ResolvedBootOptions, runId: string, connectUri: string): string {
  if ('console' in sign) return `cat -- ${quoteWord(consoleFile(runId))} | ${filterFor(sign.console)}`;
  if ('port' in sign) return portShell(sign, runId, connectUri);
  return `${toShell(over(connectUri, pingAgentCommand({ runId })))} >/dev/null 2>&1`;
}

/** A command with its standard input, as the definition of the guest. */
function withInput(command: Command): string {
  if (command.stdin === undefined) return toShell(command);
  const text = String(command.stdin).replace(/\n?$/, '\n');
  // No line of it may end it before its end.
  let mark = 'QUIESCE_INPUT';
  while (text.includes(mark)) mark += '_';
  return `${toShell(command)} <<'${mark}'\n${text}${mark}`;
}

/** Looks whether a guest can be started from its backup, and tells how that is done. */
export async function planBootTest(options: ResolvedBootOptions, signal: AbortSignal | undefined): Promise<BootPlan> {
  const { guest, target, timeoutMs } = options;
  const runId = createRunId(Math.floor(Date.now() / 1000));
  const facts = await preflight(options, { runId, signal });
  const { connectUri, definition, images, leftOut, quotaBytes, state } = facts;
  const made = madeThings({ runId, target, connectUri });
  const place = { runId, target };
  const isOwn = state.snapshot === undefined;
  const commands = [
    ...(isOwn ? [snapshotCommand(place, { runId: state.runId, complete: state.complete })] : []),
    ...cloneCommands(place, { snapshot: state.snapshot ?? made.snapshot.name, quotaBytes }),
    ...startCommands(place, facts),
  ];
  const things = [made.guest, made.clone, ...(isOwn ? [made.snapshot] : []), made.folder];
  const folder = quoteWord(bootFolder(runId));
  const lines = [
    '#!/bin/bash',
    '# Starts a guest from its backup, and takes everything away again. Run it as root.',
    'set -eu',
    'export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"',
    'umask 077',
    `mkdir -p -m 711 -- ${quoteWord(bootRoot)}`,
    `mkdir -m 711 -- ${folder}`,
    '# Nobody else takes away what is of a test that is under way.',
    `exec 9<${folder}`,
    'flock --nonblock 9',
    'remove() {',
    ...things.map((thing) => `  ${remedyFor(thing)} || true`),
    '}',
    'trap remove EXIT',
    ...commands.map(withInput),
    'started=$SECONDS',
    `until [ "$SECONDS" -ge "$((started + ${String(Math.ceil(timeoutMs / 1000))}))" ]; do`,
    `  if ${signShell(options, runId, connectUri)}; then echo 'the sign was seen'; exit 0; fi`,
    `  virsh -c ${quoteWord(connectUri)} list --name | grep -qxF -e ${bootName(runId)} || break`,
    '  sleep 1',
    'done',
    `tail --lines=50 -- ${quoteWord(consoleFile(runId))} >&2`,
    "echo 'there was no sign' >&2",
    'exit 1',
  ];
  return {
    ...{ version: 1, recipe: 'bootTest', target, guest, snapshot: state.snapshot, runId: state.runId },
    ...{ images, leftOut, definition, commands },
    toShell: () => `${lines.join('\n')}\n`,
  };
}
