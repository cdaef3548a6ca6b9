import { Transform } from 'node:stream';
import { SpawnError, toShell, type Command, type Transport } from '@quiesce/command';
import { breakScript } from './broken-script.js';
import type { Fault } from './fault.js';

function isScript({ args, file }: Command): boolean {
  return file === 'sh' && args.includes('pause');
}

/** A command that does not succeed: it fails at once, or never ends. */
function breakCommand(command: Command, kind: Fault['kind']): Command {
  if (kind === 'fails') return { ...command, file: 'sh', args: ['-c', 'echo broken >&2; exit 9'] };
  if (kind === 'hangs') return { ...command, file: 'sh', args: ['-c', 'exec sleep 3600'] };
  return command;
}

/**
 * Commands as they are called in a table: without what differs from run to run, and without
 * scripts.
 */
export function nameOf(command: Command): string {
  const { args, file } = command;
  const words = args[0] === '-c' ? [...args.slice(4), ...args.slice(2, 4)] : args;
  return toShell({ ...command, file, args: words, env: {} })
    .replaceAll(/\d{10}-[0-9a-f]{8}/g, 'RUN')
    .replaceAll(/[.]\d{10}/g, '.N')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 80);
}

/** What a run is watched and broken by. */
export interface BrokenTransport extends Transport {
  /** Names of the commands so far. */
  readonly names: readonly string[];
}

/**
 * A transport in which something breaks. Where that has to come from outside, `onMoment` is told
 * when.
 *
 * A command that hangs must have a limit, which is shortened here: without one it is an error.
 */
export function brokenTransport(transport: Transport, fault: Fault | undefined, onMoment: () => void): BrokenTransport {
  const names: string[] = [];
  return {
    name: transport.name,
    names,
    start: (command, options = {}) => {
      const name = nameOf(command);
      const which = names.filter((other) => other === name).length;
      names.push(name);
      if (fault?.where === 'command') {
        if (fault.what !== name || fault.which !== which) return transport.start(command, options);
        if (fault.kind === 'hangs') {
          if (options.timeoutMs === undefined && !name.includes('flock')) {
            throw new SpawnError({ command, code: 'this command has no limit' });
          }
          return transport.start(breakCommand(command, fault.kind), { ...options, timeoutMs: 3000 });
        }
        const running = transport.start(breakCommand(command, fault.kind), options);
        if (fault.kind !== 'fails') onMoment();
        return running;
      }
      if (fault !== undefined && isScript(command)) {
        return transport.start({ ...command, stdin: breakScript(String(command.stdin), fault) }, options);
      }
      const running = transport.start(command, options);
      if (fault?.where !== 'event' || command.file !== 'systemd-run') return running;
      let text = '';
      let told = false;
      const tap = new Transform({
        transform: (chunk: Buffer, _encoding, done) => {
          text += chunk.toString('utf8');
          if (!told && /^\S+ moment$/m.test(text)) {
            told = true;
            onMoment();
          }
          done(null, chunk);
        },
      });
      return { ...running, stdout: running.stdout.pipe(tap) };
    },
  };
}
