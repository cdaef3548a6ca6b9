import {
  InvalidArgumentError,
  OutputParseError,
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
   * where any rsync will do: then nobody has to wait.
   */
  readonly check: (command: Command) => Promise<readonly string[]> | undefined;
  /** Says in a {@link UsageError} which rsync it was. */
  readonly explain: (error: unknown) => Promise<void>;
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
  let asked: Promise<RsyncVersion> | undefined;
  let isOther = false;
  const features = (call: CallOptions = {}): Promise<RsyncVersion> => {
    const asking = (asked ??= rsync.read(rsyncVersionCommand(), call, parseRsyncVersion));
    asking.then(
      ({ implementation }) => {
        isOther = implementation !== 'rsync';
      },
      () => {
        // What failed is asked again.
        if (asked === asking) asked = undefined;
      },
    );
    return asking;
  };
  const checkAll = async (command: Command): Promise<readonly string[]> => {
    let found: RsyncVersion;
    try {
      found = await features();
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
    check: (command) => (enabled && (isOther || needsVersion(command.args)) ? checkAll(command) : undefined),
    explain: async (error) => {
      if (!enabled || !UsageError.isInstance(error)) return;
      const found = await features().catch(() => undefined);
      if (found !== undefined && (found.implementation !== 'rsync' || isOlder(found.version, '3.1.0'))) {
        error.message += `; this is ${nameOf(found)}, and rsync 3.1.0 or newer is needed`;
      }
    },
  };
}
