import { setTimeout as delay } from 'node:timers/promises';
import { sshTransport, toShell, TransportError, type Command, type Transport } from '@quiesce/command';
import { labSsh } from '@quiesce/lab/testing';

/** Where a link is cut: at which of the commands that write, from 0, and at what moment of it. */
export interface CutOptions {
  readonly at: number;
  /** While it runs, of those that copy, or when it is done and has not told so. */
  readonly when: 'during' | 'after';
}

/** A link that is cut. */
export interface Cut {
  readonly transport: Transport;
  /** The command at which it was. Undefined where there were fewer. */
  readonly cutAt: string | undefined;
  close(): Promise<void>;
}

const nameOf = (command: Command): string => toShell(command).replaceAll(/\s+/g, ' ').slice(0, 60);

/** The lock goes with the link at every command. */
function mayBeCut({ args, effect, stop }: Command, when: CutOptions['when']): boolean {
  if (effect !== 'write' || args.includes('flock')) return false;
  return when === 'after' || stop === 'kill';
}

/**
 * A link to the lab that is cut at one command, for good: those that run there lose it, and no
 * other gets one. What runs there goes on.
 */
export function cutLink({ at, when }: CutOptions): Cut {
  const there = sshTransport(labSsh());
  const lost = (command: Command, started: boolean): TransportError =>
    new TransportError(`${there.name}: the link was cut`, { command, started });
  let count = 0;
  let cutAt: string | undefined;
  const dead = sshTransport({ ...labSsh(), port: 1 });
  const transport: Transport = {
    name: there.name,
    start: (command, options) => {
      if (cutAt !== undefined) return dead.start(command, options);
      const isCounted = mayBeCut(command, when);
      const isIt = isCounted && count === at;
      if (isCounted) count += 1;
      if (!isIt) return there.start(command, options);
      const running = there.start(command, options);
      const cut = async (): Promise<never> => {
        cutAt = nameOf(command);
        await there.close();
        throw lost(command, true);
      };
      const moment = when === 'after' ? running.result : delay(150);
      const result = moment.then(cut, cut);
      running.result.catch(() => undefined);
      return { ...running, result };
    },
  };
  return {
    transport,
    get cutAt() {
      return cutAt;
    },
    close: async () => {
      await there.close();
      await dead.close();
    },
  };
}
