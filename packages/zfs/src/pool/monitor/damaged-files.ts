import {
  checkOptions,
  createCommand,
  OutputParseError,
  type CallOptions,
  type Command,
  type CommandRunner,
  type Rows,
} from '@quiesce/command';
import * as z from 'zod';
import { poolRow } from '../pool-row.js';
import { knowsNoJson, readPoolStatus } from '../zpool-status.js';

/** What {@link PoolMethods.damagedFiles} takes. */
export interface DamagedFilesOptions extends CallOptions {
  /** The pool. */
  readonly pool: string;
}

/** The rows of {@link DamagedFilesOptions}. */
export const damagedFilesRows: Rows<DamagedFilesOptions> = { pool: { ...poolRow, required: true } };

/** Builds the command of {@link PoolMethods.damagedFiles}, for OpenZFS 2.3 and newer. */
export function zpoolDamagedFilesCommand(options: DamagedFilesOptions): Command {
  const { pool } = checkOptions<DamagedFilesOptions>(damagedFilesRows, options);
  return createCommand('zpool', ['status', '-j', '-v', '-p', '-P', '--', pool], { effect: 'read' });
}

/** Builds the command that stands in for {@link zpoolDamagedFilesCommand} before OpenZFS 2.3. */
export function zpoolDamagedFilesTextCommand(options: DamagedFilesOptions): Command {
  const { pool } = checkOptions<DamagedFilesOptions>(damagedFilesRows, options);
  return createCommand('zpool', ['status', '-v', '-p', '-P', '--', pool], { effect: 'read', env: { LC_ALL: 'C' } });
}

const output = z.object({
  pools: z.record(
    z.string(),
    z.object({ error_count: z.string().default('0'), errlist: z.array(z.string()).optional() }),
  ),
});

function parseJson(stdout: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch (cause) {
    throw new OutputParseError('zpool status printed no JSON', { text: stdout, cause });
  }
}

/** Reads what the command of {@link zpoolDamagedFilesCommand} prints. */
export function parseZpoolDamagedFiles(stdout: string): string[] {
  const { data, error } = output.safeParse(parseJson(stdout));
  if (data === undefined) throw new OutputParseError('zpool status is not as expected', { text: stdout, cause: error });
  return Object.values(data.pools).flatMap(({ errlist = [], error_count: count }) => {
    if (errlist.length === 0 && count !== '0') {
      throw new OutputParseError('zpool status counts damaged files and names none', { text: stdout });
    }
    return errlist;
  });
}

const begin = /^errors: (?<text>.*)$/m;
const indent = ' '.repeat(8);

/**
 * Reads what the command of {@link zpoolDamagedFilesTextCommand} prints.
 *
 * @param count - How many there are: before OpenZFS 2.3 `dataErrors` counts files.
 * @throws `OutputParseError` for more or fewer, as where the name of a file looks like several.
 */
export function parseZpoolDamagedFilesText(stdout: string, count: number | undefined): string[] {
  // The first such line is zpool's own: names of files come after it.
  const { index, groups } = begin.exec(stdout) ?? {};
  const text = groups?.['text'] ?? '';
  if (text === 'No known data errors') return [];
  const [, blank, ...lines] = stdout.slice(index).trimEnd().split('\n');
  if (!/^Permanent errors have been detected in the following files:$/.test(text) || blank !== '') {
    throw new OutputParseError('zpool status does not name the damaged files', { text });
  }
  const files: string[] = [];
  for (const line of lines) {
    if (line.startsWith(indent)) files.push(line.slice(indent.length));
    // The name of a file may hold line breaks.
    else files.push(`${files.pop() ?? ''}\n${line}`);
  }
  if (files.length !== count) {
    throw new OutputParseError('zpool status names more or fewer damaged files than it counts', { text: stdout });
  }
  return files;
}

/** Asks for JSON, and for text where zpool knows no `-j`. */
export async function readDamagedFiles(zpool: CommandRunner, options: DamagedFilesOptions): Promise<string[]> {
  const checked = checkOptions<DamagedFilesOptions>(damagedFilesRows, options);
  const { pool, ...call } = checked;
  try {
    return await zpool.read(zpoolDamagedFilesCommand(checked), checked, parseZpoolDamagedFiles);
  } catch (error) {
    if (!knowsNoJson(error)) throw error;
    const [status] = await readPoolStatus(zpool, { ...call, pools: pool });
    return zpool.read(zpoolDamagedFilesTextCommand(checked), checked, (text) =>
      parseZpoolDamagedFilesText(text, status?.dataErrors),
    );
  }
}
