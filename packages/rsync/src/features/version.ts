import {
  checkOptions,
  createCommand,
  OutputParseError,
  parseInteger,
  type CallOptions,
  type Command,
} from '@quiesce/command';
import * as z from 'zod';

/** What {@link Rsync.version} takes. */
export type RsyncVersionOptions = CallOptions;

/** Which rsync it is and what it was built with. */
export interface RsyncVersion {
  /**
   * Which program it is. `openrsync` is what macOS from 15 on and OpenBSD call `rsync`; it lacks
   * much of rsync, and {@link Rsync.sync} with it is a {@link UsageError}.
   */
  readonly implementation: 'rsync' | 'openrsync';
  /** As `3.4.1`. Of openrsync: the version of rsync that it says to be compatible with. */
  readonly version: string;
  /** The newest protocol that it speaks, as 32. */
  readonly protocolVersion: number;
  /**
   * What it was built with, by rsync's own names: `ACLs`, `xattrs`, `hardlinks`, `inplace`, … True
   * or false, or a number of bits, or a word. Undefined for an rsync before 3.2.7, which tells it
   * only in prose.
   */
  readonly capabilities: Readonly<Record<string, boolean | number | string>> | undefined;
  /** Its checksums, the preferred one first. Undefined before 3.2.7. */
  readonly checksums: readonly string[] | undefined;
  /** Its kinds of compression, the preferred one first. Undefined before 3.2.7. */
  readonly compressions: readonly string[] | undefined;
}

/** Builds the command of {@link Rsync.version}. See rsync(1). */
export function rsyncVersionCommand(options: RsyncVersionOptions = {}): Command {
  checkOptions<RsyncVersionOptions>({}, options);
  // Twice means JSON; an older rsync has no `-VV` and takes the second for nothing.
  return createCommand('rsync', ['--version', '--version'], { effect: 'read' });
}

interface VersionJson {
  readonly version: string;
  readonly protocol: string;
  readonly capabilities: Record<string, boolean | number | string>;
  readonly checksum_list: string[];
  readonly compress_list: string[];
}

const schema = z.object({
  version: z.string(),
  protocol: z.string(),
  capabilities: z.record(z.string(), z.union([z.boolean(), z.number(), z.string()])).default({}),
  checksum_list: z.array(z.string()).default([]),
  compress_list: z.array(z.string()).default([]),
}) satisfies z.ZodType<VersionJson>;

function parseJson(stdout: string): RsyncVersion {
  let value: unknown;
  try {
    value = JSON.parse(stdout);
  } catch (cause) {
    throw new OutputParseError('rsync --version printed broken JSON', { text: stdout, cause });
  }
  const { data, error } = schema.safeParse(value);
  if (data === undefined)
    throw new OutputParseError('rsync --version is not as expected', { text: stdout, cause: error });
  return {
    implementation: 'rsync',
    version: data.version,
    protocolVersion: parseInteger('protocol', data.protocol.replace(/\..*$/, '')),
    capabilities: data.capabilities,
    checksums: data.checksum_list,
    compressions: data.compress_list,
  };
}

const rsync = /^rsync +version v?(?<version>\S+) +protocol version (?<protocol>\d+)/;
const openrsync = /^openrsync: protocol version (?<protocol>\d+)\nrsync version (?<version>\S+)/;

/**
 * Reads what the command of {@link Rsync.version} prints: JSON, or the first line of prose.
 *
 * @throws `OutputParseError` for anything else.
 */
export function parseRsyncVersion(stdout: string): RsyncVersion {
  if (stdout.startsWith('{')) return parseJson(stdout);
  const isRsync = rsync.test(stdout);
  const { version, protocol } = (isRsync ? rsync : openrsync).exec(stdout)?.groups ?? {};
  if (version === undefined || protocol === undefined) {
    throw new OutputParseError('rsync --version names no version', { text: stdout });
  }
  return {
    implementation: isRsync ? 'rsync' : 'openrsync',
    version,
    protocolVersion: parseInteger('protocol', protocol),
    capabilities: undefined,
    checksums: undefined,
    compressions: undefined,
  };
}
