import {
  AbortedError,
  InvalidArgumentError,
  linkSignals,
  OutputParseError,
  TimeoutError,
  type CallOptions,
  type Command,
  type CommandRunner,
} from '@quiesce/command';
import { UsageError } from '../errors.js';
import { isOlder, lackingOptions, needsVersion } from './since.js';
import { parseRsyncVersion, rsyncVersionCommand, type RsyncVersion } from './version.js';

/** What a client knows of its rsync, asked once and kept. */
export interface FeatureCheck {
  /** Which rsync it is. */
  readonly features: (call?: CallOptions) => Promise<RsyncVersion>;
  /**
   * Refuses a command that this rsync can't do, and tells what is wrong with it there. Undefined
   * where any rsync will do: then nobody has to wait. Who is stopped does not wait any longer.
   */
  readonly check: (command: Command, call?: CallOptions) => Promise<readonly string[]> | undefined;
  /** Says in a {@link UsageError} which rsync it was. */
  readonly explain: (error: unknown, call?: CallOptions) => Promise<void>;
}

/** A question to rsync that several may wait for. */
interface Asking {
  readonly answer: Promise<RsyncVersion>;
  waiting: number;
  /** Ends it when nobody waits any more. */
  readonly drop: () => void;
}

/** Waits for an answer as long as one caller wants to; it goes on for the others. */
function waitFor(answer: Promise<RsyncVersion>, { signal, timeoutMs }: CallOptions): Promise<RsyncVersion> {
  if (signal === undefined && timeoutMs === undefined) return answer;
  const stopped = { command: rsyncVersionCommand(), stillRunning: false };
  const { result } = linkSignals([signal], (linked) => {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      const onAbort = (): void => reject(new AbortedError({ ...stopped, cause: linked.reason }));
      if (linked.aborted) onAbort();
      else linked.addEventListener('abort', onAbort, { once: true });
      if (timeoutMs === undefined) return;
      timer = setTimeout(() => reject(new TimeoutError({ ...stopped, timeoutMs })), timeoutMs);
    });
    return { result: Promise.race([limit, answer]).finally(() => clearTimeout(timer)) };
  });
  return result;
}

const nameOf = ({ implementation, version }: RsyncVersion): string =>
  implementation === 'rsync' ? `rsync ${version}` : `${implementation}, compatible with rsync ${version}`;

function regressionsOf({ args }: Command, { version }: RsyncVersion): string[] {
  const isAffected = /^3\.4\.1(?:\D|$)/.test(version) && args.includes('--inplace') && args.includes('--no-whole-file');
  if (!isAffected) return [];
  return [
    'rsync 3.4.1 has regressions with inplace and wholeFile: false (RsyncProject/rsync#724, #725): take a newer one',
  ];
}

/** Makes the check of a client; one that is not enabled asks for nothing by itself. */
export function createFeatureCheck(rsync: CommandRunner, enabled: boolean): FeatureCheck {
  let asked: Asking | undefined;
  let isOther = false;
  let isUnreadable = false;
  // Asked without the limits of any one call, which are not those of the others that wait.
  const ask = (): Asking => {
    const nobody = new AbortController();
    const asking: Asking = {
      answer: rsync.read(rsyncVersionCommand(), { signal: nobody.signal }, parseRsyncVersion),
      waiting: 0,
      drop: () => {
        if (asked === asking) asked = undefined;
        nobody.abort();
      },
    };
    asking.answer.then(
      ({ implementation }) => {
        isOther = implementation !== 'rsync';
        isUnreadable = false;
      },
      (error: unknown) => {
        // What failed is asked again. Not so before each run what answers in other words.
        isUnreadable ||= OutputParseError.isInstance(error);
        if (asked === asking) asked = undefined;
      },
    );
    return asking;
  };
  const features = async (call: CallOptions = {}): Promise<RsyncVersion> => {
    const asking = (asked ??= ask());
    let settled = false;
    asking.waiting += 1;
    try {
      const found = await waitFor(asking.answer, call);
      settled = true;
      return found;
    } finally {
      asking.waiting -= 1;
      if (!settled && asking.waiting === 0) asking.drop();
    }
  };
  const checkAll = async (command: Command, call?: CallOptions): Promise<readonly string[]> => {
    let found: RsyncVersion;
    try {
      found = await features(call);
    } catch (error) {
      // An rsync that says so in other words may do all the same.
      if (OutputParseError.isInstance(error)) return [];
      throw error;
    }
    if (found.implementation !== 'rsync') {
      const expected = `rsync: this is ${nameOf(found)}`;
      throw new InvalidArgumentError({ argument: 'path', value: command.file, expected });
    }
    const [lacking] = lackingOptions(command.args, found.version);
    if (lacking !== undefined) {
      const expected = `rsync ${lacking.since} or newer for it: this is ${nameOf(found)}`;
      throw new InvalidArgumentError({ argument: 'options', value: lacking.option, expected });
    }
    return regressionsOf(command, found);
  };
  return {
    features,
    check: (command, call) =>
      enabled && !isUnreadable && (isOther || needsVersion(command.args)) ? checkAll(command, call) : undefined,
    explain: async (error, call) => {
      if (!enabled || isUnreadable || !UsageError.isInstance(error)) return;
      const found = await features(call).catch(() => undefined);
      if (found !== undefined && (found.implementation !== 'rsync' || isOlder(found.version, '3.1.0'))) {
        error.message += `; this is ${nameOf(found)}, and rsync 3.1.0 or newer is needed`;
      }
    },
  };
}
