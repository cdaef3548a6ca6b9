import { run } from '@quiesce/command';
import { parseChecksums, writeManifestCommand, type WriteManifestOptions } from '../../target/manifest.js';
import type { RunState, VolumeState } from '../run-state.js';
import { inCopyUnit } from './in-unit.js';
import { placeOf } from './target.js';

/** Whose checksums are kept, and how. Undefined where none are. */
export function keepOptions(
  { options, runId }: Pick<RunState, 'options' | 'runId'>,
  { facts: { folderName: folder, mountFolder: source } }: Pick<VolumeState, 'facts'>,
): WriteManifestOptions | undefined {
  // Who has all compared wants all read.
  return options.checksums ? { folder, source, runId, reuse: options.verify !== 'full' } : undefined;
}

/**
 * Keeps the checksums of one volume as it is frozen. A copy without them is a copy all the same, so
 * that it fails is noted and no failure of the run.
 */
export async function keepChecksums(state: RunState, volume: VolumeState): Promise<void> {
  const { copySignal, journal, options, runId, transport, volumes } = state;
  const keep = keepOptions(state, volume);
  if (keep === undefined) return;
  const begun = journal.begin('checksums', volume.facts.path);
  try {
    const there = inCopyUnit(transport, { runId, number: volumes.indexOf(volume), task: 'sums' });
    const call = { signal: copySignal, timeoutMs: options.limits.verifyMs };
    const { stdout } = await run(there, writeManifestCommand(placeOf(state), keep), call);
    if (!state.isDry) volume.checksums = parseChecksums(stdout);
    begun.end('finished');
  } catch (error) {
    journal.problem('checksums', volume.facts.path, error, false);
    begun.end('failed');
  }
}
