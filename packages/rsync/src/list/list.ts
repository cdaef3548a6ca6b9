import {
  checkOptions,
  createCommand,
  OutputParseError,
  parseInteger,
  parseOutput,
  type CallOptions,
  type Command,
  type CommandRunner,
  type Rows,
} from '@quiesce/command';
import type { FeatureCheck } from '../features/feature-check.js';
import { checkConflicts } from '../options/conflicts.js';
import { endpointWords, requireOneLine } from '../options/endpoint-words.js';
import { optionWords } from '../options/option-words.js';
import type { RsyncOptions } from '../options/sync-options.js';
import { rsyncRows } from '../options/sync-rows.js';
import { nameOfBytes, unescapeBytes, type FileName } from '../output/file-name.js';
import type { SyncFileType } from '../output/itemized-change.js';

/** What {@link Rsync.list} and {@link Rsync.listStream} take. */
export interface RsyncListOptions
  extends
    CallOptions,
    Pick<RsyncOptions, 'source' | 'recursive' | 'oneFileSystem'>,
    Pick<RsyncOptions, 'filters' | 'includes' | 'excludes' | 'includeFrom' | 'excludeFrom' | 'from0'>,
    Pick<RsyncOptions, 'rsyncPath' | 'passwordFile' | 'address' | 'ipv4' | 'ipv6'>,
    Pick<RsyncOptions, 'connectTimeoutSeconds' | 'ioTimeoutSeconds'> {}

/** The words of {@link RsyncListOptions}. */
export const rsyncListRows: Rows<RsyncListOptions> = {
  recursive: rsyncRows.recursive,
  oneFileSystem: rsyncRows.oneFileSystem,
  filters: rsyncRows.filters,
  includes: rsyncRows.includes,
  excludes: rsyncRows.excludes,
  includeFrom: rsyncRows.includeFrom,
  excludeFrom: rsyncRows.excludeFrom,
  from0: rsyncRows.from0,
  rsyncPath: rsyncRows.rsyncPath,
  passwordFile: rsyncRows.passwordFile,
  address: rsyncRows.address,
  ipv4: rsyncRows.ipv4,
  ipv6: rsyncRows.ipv6,
  connectTimeoutSeconds: rsyncRows.connectTimeoutSeconds,
  ioTimeoutSeconds: rsyncRows.ioTimeoutSeconds,
  source: rsyncRows.source,
};

/** One file as {@link Rsync.list} tells it. */
export interface ListedFile extends FileName {
  readonly fileType: SyncFileType;
  /** The permissions as a number, as 0o644 or 0o4755. */
  readonly mode: number;
  /** Its size in bytes; of a symbolic link, the length of its target. */
  readonly sizeBytes: number;
  /** When its content changed last, to the second. */
  readonly modifiedAt: Date;
  /**
   * Where a symbolic link leads to. Undefined for anything else, and where name and target are
   * together longer than some 5,000 bytes: rsync cuts such a line off.
   */
  readonly linkTarget: FileName | undefined;
}

/**
 * Builds the command of {@link Rsync.list}. See rsync(1).
 *
 * @throws `InvalidArgumentError` for a path that is neither local nor clearly another machine's,
 * and for an option that is wrong.
 */
export function rsyncListCommand(options: RsyncListOptions): Command {
  const checked = checkOptions<RsyncListOptions>(rsyncListRows, options);
  checkConflicts(checked);
  const endpoints = endpointWords([checked.source].flat());
  const given = optionWords(checked);
  if (endpoints.options.includes('--old-args')) requireOneLine(given);
  // Without --8-bit-output all that is not ASCII comes as a number. rsync tells local times.
  const words = ['--list-only', '--links', ...given, '--no-human-readable', '--outbuf=L', ...endpoints.options];
  return createCommand('rsync', [...words, '--', ...endpoints.paths], { effect: 'read', env: { TZ: 'UTC' } });
}

const fileTypes: Readonly<Record<string, SyncFileType>> = {
  '-': 'file',
  d: 'directory',
  l: 'symbolicLink',
  b: 'device',
  c: 'device',
  s: 'special',
  p: 'special',
};

const row =
  /^(?<type>[-dlbcsp])(?<permissions>[-rwxsStT]{9}) +(?<size>\d+) (?<date>-?\d{4,}\/\d\d\/\d\d) (?<time>\d\d:\d\d:\d\d) (?<name>[^]+)$/;

function modeOf(letters: string): number {
  const bits = Array.from(letters).reduce((mode, letter) => mode * 2 + (/[-ST]/.test(letter) ? 0 : 1), 0);
  const special = (at: number, bit: number): number => (/[sStT]/.test(letters.charAt(at)) ? bit : 0);
  return bits + special(2, 0o4000) + special(5, 0o2000) + special(8, 0o1000);
}

const arrow = ' -> ';

/** Name and target of a link: the size of a link is the length of its target. */
function readLink(characters: string, sizeBytes: number): { readonly name: string; readonly target?: string } {
  const end = characters.length - sizeBytes - arrow.length;
  if (characters.slice(end, end + arrow.length) === arrow && end > 0) {
    return { name: characters.slice(0, end), target: characters.slice(end + arrow.length) };
  }
  return { name: characters.split(arrow, 1)[0] ?? '' };
}

/** Reads one line of what the command of {@link Rsync.list} prints. Undefined for a notice. */
export function parseRsyncListLine(line: string): ListedFile | undefined {
  const { date, name = '', permissions = '', size = '', time, type = '' } = row.exec(line)?.groups ?? {};
  const fileType = fileTypes[type];
  if (fileType === undefined) return undefined;
  const sizeBytes = parseInteger('size', size);
  const characters = unescapeBytes(name);
  const modifiedAt = new Date(`${String(date).replaceAll('/', '-')}T${String(time)}Z`);
  if (Number.isNaN(modifiedAt.getTime())) throw new OutputParseError('a time of rsync is none', { text: line });
  const link = fileType === 'symbolicLink' ? readLink(characters, sizeBytes) : { name: characters };
  return {
    ...nameOfBytes(link.name),
    fileType,
    mode: modeOf(permissions),
    sizeBytes,
    modifiedAt,
    linkTarget: link.target === undefined ? undefined : nameOfBytes(link.target),
  };
}

/** Reads what the command of {@link Rsync.list} prints. */
export function parseRsyncList(stdout: string): ListedFile[] {
  return stdout.split('\n').flatMap((line) => parseRsyncListLine(line) ?? []);
}

/** Runs what {@link Rsync.list} runs. */
export async function readList(
  rsync: CommandRunner,
  { check, explain }: FeatureCheck,
  options: RsyncListOptions,
): Promise<ListedFile[]> {
  const command = rsyncListCommand(options);
  try {
    await check(command, options);
    return await rsync.read(command, options, parseRsyncList);
  } catch (error) {
    await explain(error, options);
    throw error;
  }
}

async function* yieldList(
  rsync: CommandRunner,
  { check, explain }: FeatureCheck,
  { call, command }: { readonly command: Command; readonly call: CallOptions },
): AsyncGenerator<ListedFile> {
  try {
    await check(command, call);
    for await (const lines of rsync.lineBatches(command, call)) {
      yield* parseOutput({ command, stdout: lines.join('\n') }, parseRsyncList);
    }
  } catch (error) {
    await explain(error, call);
    throw error;
  }
}

/** Runs what {@link Rsync.listStream} runs: the options are checked at once. */
export function streamList(
  rsync: CommandRunner,
  check: FeatureCheck,
  options: RsyncListOptions,
): AsyncIterable<ListedFile> {
  return yieldList(rsync, check, { command: rsyncListCommand(options), call: options });
}
