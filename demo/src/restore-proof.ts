import { restoreImages } from '@quiesce/backup-recipes';
import { createCommand, run, type Transport } from '@quiesce/command';
import { readRecords, type LabGuest, type RecordsReport } from '@quiesce/lab';
import { hashFile } from './image-witness.js';

/** What the restored image was found to be. */
export interface RestoreProof {
  /** The file in the ZFS snapshot. */
  readonly from: string;
  /** The scratch file in the lab. */
  readonly to: string;
  /**
   * BLAKE2b digest of the image in the LVM snapshot of the first run, read there before it was
   * copied.
   */
  readonly frozenDigest: string;
  /** BLAKE2b digest of the restored file. */
  readonly restoredDigest: string;
  readonly restored: RecordsReport;
  /** The copy in the target as it is now, made by the second run. */
  readonly now: RecordsReport;
  /** What speaks against it. Empty for a proof. */
  readonly problems: readonly string[];
}

const scratchFolder = '/var/tmp/quiesce-demo';

/**
 * Restores a guest's image out of a ZFS snapshot into a scratch folder, and compares it with what
 * was frozen.
 */
export async function proveRestore(
  transport: Transport,
  options: {
    readonly guest: LabGuest;
    readonly target: string;
    readonly snapshot: string;
    readonly now: string;
    readonly frozenDigest: string;
    readonly signal: AbortSignal;
  },
): Promise<RestoreProof> {
  const { frozenDigest, guest, now, signal, snapshot, target } = options;
  await run(transport, createCommand('mkdir', ['-p', '--', scratchFolder]), { signal });
  const restore = { guest: guest.name };
  const restoring = restoreImages({ target, restore, backup: snapshot, to: { folder: scratchFolder }, transport });
  const [file] = (await restoring.run({ signal })).files;
  if (file === undefined) throw new Error(`no image of ${guest.name} was restored`);
  const { from, to } = file;
  const [restoredDigest, restored, later] = await Promise.all([
    hashFile(transport, to, signal),
    readRecords(transport, to),
    readRecords(transport, now),
  ]);
  return {
    ...{ from, to, frozenDigest, restoredDigest, restored, now: later },
    problems: judgeRestore({ frozenDigest, restoredDigest, restored, now: later }),
  };
}

/**
 * What speaks against a restored image being the one that was frozen, and older than the copy of
 * now.
 */
export function judgeRestore(
  proof: Pick<RestoreProof, 'frozenDigest' | 'restoredDigest' | 'restored' | 'now'>,
): readonly string[] {
  const { frozenDigest, restoredDigest, restored, now } = proof;
  return [
    ...(restoredDigest === frozenDigest ? [] : ['the restored image is not the one that the first run froze']),
    ...restored.problems.map((problem) => `restored image: ${problem}`),
    ...now.problems.map((problem) => `copy of the second run: ${problem}`),
    ...((now.last ?? 0) > (restored.last ?? 0) ? [] : ['the second run copied nothing newer than the first']),
  ];
}

/** The proof for people. */
export function proofLines({
  from,
  to,
  frozenDigest,
  restoredDigest,
  restored,
  now,
  problems,
}: RestoreProof): string[] {
  const verdict = restoredDigest === frozenDigest ? 'the same' : 'ANOTHER';
  const records = ({ first, last, consistent }: RecordsReport): string =>
    `records ${String(first)} to ${String(last)}, ${consistent ? 'consistent' : 'NOT consistent'}`;
  return [
    `from  ${from}`,
    `to    ${to}`,
    '',
    `frozen by run 1, read in its LVM snapshot  blake2b ${frozenDigest}`,
    `restored from the ZFS snapshot             blake2b ${restoredDigest}: ${verdict}`,
    '',
    `restored image                             ${records(restored)}`,
    `copy of run 2                              ${records(now)}`,
    ...problems.map((problem) => `failed: ${problem}`),
  ];
}
