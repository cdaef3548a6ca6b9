import { checkOptions, createCommand, OutputParseError, parseInteger, type Command } from '@quiesce/command';
import type { PoolStatus } from './pool-status.js';
import { parseScanText } from './scan-text.js';
import type { PoolGuid } from './zpool-list-guids.js';
import { zpoolListRows, type ZpoolListOptions } from './zpool-list.js';
import { parseConfigTable } from './zpool-status-table.js';

/**
 * Builds the command that stands in for {@link zpoolStatusCommand} before OpenZFS 2.3. It names no
 * damaged files: users name those, and could make them look like anything. See zpool-status(8).
 */
export function zpoolStatusTextCommand(options: ZpoolListOptions = {}): Command {
  const { pools = [] } = checkOptions<ZpoolListOptions>(zpoolListRows, options);
  // It tells times as the clock of a wall does.
  return createCommand('zpool', ['status', '-p', '-P', '--', ...pools], {
    effect: 'read',
    env: { TZ: 'UTC', LC_ALL: 'C' },
  });
}

const heading = /^ *(?<name>pool|state|status|action|see|scan|scrub|remove|checkpoint|config|errors): ?(?<text>.*)$/;

/** The texts of one pool by what stands before them. */
function sectionsOf(lines: readonly string[]): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  let current = '';
  for (const line of lines) {
    const { name, text } = heading.exec(line)?.groups ?? {};
    // A pool may be scanned twice, as where its mirrors are rebuilt each by itself: the first
    // counts.
    current = name === undefined ? current : sections.has(name) ? '' : name;
    if (current !== '')
      sections.set(current, name === undefined ? `${sections.get(current) ?? ''}\n${line}` : (text ?? ''));
  }
  return sections;
}

const sentence = (text: string | undefined): string | undefined => text?.replaceAll(/\s+/g, ' ').trim();

function parseDataErrors(text: string): number | undefined {
  if (/^No known data errors\s*$/.test(text)) return 0;
  const { count } = /^(?<count>\d+) data errors, use '-v' for a list/.exec(text)?.groups ?? {};
  return count === undefined ? undefined : parseInteger('errors', count);
}

function parsePool(lines: readonly string[], pools: ReadonlyMap<string, PoolGuid>): PoolStatus {
  const sections = sectionsOf(lines);
  const name = sections.get('pool') ?? '';
  const state = sections.get('state');
  const pool = pools.get(name);
  const config = sections.get('config');
  if (pool === undefined || state === undefined || config === undefined) {
    throw new OutputParseError('zpool status is not as expected', { text: lines.join('\n') });
  }
  const scan = sections.get('scan');
  const message = sentence(sections.get('status'));
  return {
    name,
    guid: pool.guid,
    // One whose failmode is `continue` is called ONLINE.
    state: (message ?? '').includes('faulted in response to IO failures') ? 'SUSPENDED' : state,
    message,
    action: sentence(sections.get('action')),
    scan: scan === undefined ? undefined : parseScanText(scan),
    vdevs: parseConfigTable(config, name),
    dataErrors: parseDataErrors(sections.get('errors') ?? ''),
  };
}

/**
 * Reads what the command of {@link zpoolStatusTextCommand} prints.
 *
 * @param guids - What the command of {@link zpoolListGuidsCommand} says of the same pools.
 * @throws `OutputParseError` for other pools than those, also where one came or went between the
 * two commands.
 */
export function parseZpoolStatusText(stdout: string, guids: readonly PoolGuid[]): PoolStatus[] {
  const known = new Map(guids.map((pool) => [pool.name, pool]));
  const blocks: string[][] = [];
  for (const line of stdout.split('\n')) {
    if (/^ {2}pool: /.test(line)) blocks.push([]);
    blocks.at(-1)?.push(line);
  }
  const pools = blocks.map((lines) => parsePool(lines, known));
  if (pools.length !== guids.length) {
    throw new OutputParseError('zpool status and zpool list tell of other pools', { text: stdout });
  }
  return pools;
}
