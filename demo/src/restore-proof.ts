import path from 'node:path';
import { createCommand, run, type Transport } from '@quiesce/command';
import { readRecords, type LabGuest, type RecordsReport } from '@quiesce/lab';
import { hashFile } from './image-witness.js';
import { restoreCommand } from './restore-lines.js';

/** What the restored image was found to be. */
export interface RestoreProof {
  /** The file in the ZFS snapshot. */
  readonly from: string;
  /** The scratch file in the lab. */
  readonly to: string;
  /** SHA-256 of the image in the LVM snapshot of the first run, read there before it was copied. */
  readonly frozenSha256: string;
  /** SHA-256 of the restored file. */
  readonly restoredSha256: string;
  readonly restored: RecordsReport;
  /** The copy in the target as it is now, made by the second run. */
  readonly now: RecordsReport;
  /** What speaks against it. Empty for a proof. */
  readonly problems: readonly string[];
}

const scratchFolder = '/var/tmp/quiesce-demo';

/** Copies an image out of a ZFS snapshot into a scratch file, and compares it with what was frozen. */
export async function proveRestore(
  transport: Transport,
  options: { guest: LabGuest; from: string; now: string; frozenSha256: string; signal: AbortSignal },
): Promise<RestoreProof> {
  const { guest, from, now, frozenSha256, signal } = options;
  const to = path.posix.join(scratchFolder, path.posix.basename(guest.image));
  await run(transport, createCommand('mkdir', ['-p', '--', scratchFolder]), { signal });
  await run(transport, restoreCommand(from, to), { signal });
  const restoredSha256 = await hashFile(transport, to, signal);
  const restored = await readRecords(transport, to);
  const later = await readRecords(transport, now);
  return {
    ...{ from, to, frozenSha256, restoredSha256, restored, now: later },
    problems: judgeRestore({ frozenSha256, restoredSha256, restored, now: later }),
  };
}

/** What speaks against a restored image being the one that was frozen, and older than the copy of now. */
export function judgeRestore(
  proof: Pick<RestoreProof, 'frozenSha256' | 'restoredSha256' | 'restored' | 'now'>,
): readonly string[] {
  const { frozenSha256, restoredSha256, restored, now } = proof;
  return [
    ...(restoredSha256 === frozenSha256 ? [] : ['the restored image is not the one that the first run froze']),
    ...restored.problems.map((problem) => `restored image: ${problem}`),
    ...now.problems.map((problem) => `copy of the second run: ${problem}`),
    ...((now.last ?? 0) > (restored.last ?? 0) ? [] : ['the second run copied nothing newer than the first']),
  ];
}

/** The proof for people. */
export function proofLines({
  from,
  to,
  frozenSha256,
  restoredSha256,
  restored,
  now,
  problems,
}: RestoreProof): string[] {
  const verdict = restoredSha256 === frozenSha256 ? 'the same' : 'ANOTHER';
  const records = ({ first, last, consistent }: RecordsReport): string =>
    `records ${String(first)} to ${String(last)}, ${consistent ? 'consistent' : 'NOT consistent'}`;
  return [
    `from  ${from}`,
    `to    ${to}`,
    '',
    `frozen by run 1, read in its LVM snapshot  sha256 ${frozenSha256}`,
    `restored from the ZFS snapshot             sha256 ${restoredSha256}: ${verdict}`,
    '',
    `restored image                             ${records(restored)}`,
    `copy of run 2                              ${records(now)}`,
    ...problems.map((problem) => `failed: ${problem}`),
  ];
}
