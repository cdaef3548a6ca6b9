import { CommandError, run } from '@quiesce/command';
import type { RunState, VolumeState } from '../run-state.js';
import { inCopyUnit } from './in-unit.js';
import { parseVerification, verifyCommand, type VerifyOptions } from './verify.js';
import { firstOf } from './warnings.js';

/** What the copy of one volume is compared with, and how. Undefined where it is not. */
export function verifyOptions(
  { facts, options, runId }: Pick<RunState, 'facts' | 'options' | 'runId'>,
  volume: Pick<VolumeState, 'facts'>,
): VerifyOptions | undefined {
  const { verify: verification } = options;
  if (verification === 'none') return undefined;
  const { folderName, mountFolder: source } = volume.facts;
  return { source, copy: `${facts.targetFolder}/${folderName}`, verification, seed: runId };
}

/** Compares the copy of one volume with what was frozen. What differs makes it a failure. */
export async function verifyCopy(state: RunState, volume: VolumeState): Promise<void> {
  const { copySignal, isDry, journal, options, runId, transport } = state;
  const verifying = verifyOptions(state, volume);
  if (verifying === undefined || isDry) return;
  await journal.step('verify', volume.facts.path, async () => {
    const there = inCopyUnit(transport, { runId, number: state.volumes.indexOf(volume), task: 'verify' });
    const call = { signal: copySignal, timeoutMs: options.limits.verifyMs };
    const { stdout } = await run(there, verifyCommand(verifying), call);
    const found = parseVerification(stdout);
    volume.verification = { ...found, kind: verifying.verification };
    if (found.differences === 0) return;
    const count = String(found.differences);
    const next = "run once with copy: { extraArguments: ['--checksum'] }, which reads all of both";
    throw new CommandError(
      `the copy is not what was frozen, ${count} names differ: ${firstOf(found.different)}; ${next}`,
    );
  });
}
