import { run, type CallOptions } from '@quiesce/command';
import { DatasetNotFoundError, type Zfs } from '@quiesce/zfs';
import { firstEntryCommand } from '../host/folders.js';
import type { PreflightProblem } from '../preflight-error.js';
import type { ResolvedCreateOptions } from './options.js';

interface Asked {
  readonly call: CallOptions;
  readonly poolExists: boolean;
}

async function hiddenIn(
  { transport }: ResolvedCreateOptions,
  folder: string,
  call: CallOptions,
): Promise<PreflightProblem[]> {
  // A dataset whose mountpoint is `none` or `legacy` is not mounted.
  if (!folder.startsWith('/')) return [];
  const { exitCode, stdout } = await run(transport, firstEntryCommand({ folder }), { ...call, successCodes: [0, 1] });
  if (exitCode !== 0 || stdout === '') return [];
  const problem = 'is not empty, and what is in it would be hidden: move it away, or name another mountpoint';
  return [{ option: 'mountpoint', value: folder, problem }];
}

/** Where a dataset is mounted, by its property. Undefined where there is no such dataset. */
async function mountpointOf(zfs: Zfs, dataset: string, call: CallOptions): Promise<string | undefined> {
  const asked = zfs.get({ ...call, datasets: dataset, properties: 'mountpoint' });
  const found = await asked.catch((error: unknown) => {
    if (DatasetNotFoundError.isInstance(error)) return undefined;
    throw error;
  });
  return found?.[dataset]?.mountpoint?.text;
}

/** The first file system that is made: those below it are mounted in a folder of its own. */
async function topmost(
  zfs: Zfs,
  { target }: ResolvedCreateOptions,
  { call, poolExists }: Asked,
): Promise<{ readonly dataset: string; readonly folder: string }> {
  const names = target.split('/');
  const upTo = (count: number): string => names.slice(0, count).join('/');
  for (let count = poolExists ? names.length - 1 : 0; count > 0; count -= 1) {
    const mountpoint = await mountpointOf(zfs, upTo(count), call);
    if (mountpoint === undefined) continue;
    return { dataset: upTo(count + 1), folder: `${mountpoint === '/' ? '' : mountpoint}/${names[count] ?? ''}` };
  }
  return { dataset: upTo(2), folder: `/${upTo(2)}` };
}

/** What lies where the file systems of a new target would be mounted, and would be hidden. */
export async function hiddenByNew(zfs: Zfs, options: ResolvedCreateOptions, asked: Asked): Promise<PreflightProblem[]> {
  const { mountpoint, target } = options;
  const { dataset, folder } = await topmost(zfs, options, asked);
  const own = mountpoint === undefined ? [] : [mountpoint];
  const folders = mountpoint !== undefined && dataset === target ? own : [folder, ...own];
  const found = await Promise.all(folders.map((one) => hiddenIn(options, one, asked.call)));
  return found.flat();
}

/**
 * What would be hidden by a target that exists: where it is not mounted yet, or where `mend` gives
 * it another mountpoint.
 */
export async function hiddenByMove(
  options: ResolvedCreateOptions,
  { folder, mountpoint: is }: { readonly folder: string | undefined; readonly mountpoint: string | undefined },
  call: CallOptions,
): Promise<PreflightProblem[]> {
  const next = options.mend ? (options.mountpoint ?? is) : is;
  return next === undefined || (folder !== undefined && next === is) ? [] : hiddenIn(options, next, call);
}
