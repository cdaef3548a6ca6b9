import path from 'node:path';
import {
  BackupFailedError,
  bootTest,
  backupsToText,
  listBackups,
  lvmToZfsBackup,
  reportToText,
  verifyBackup,
  type BackupReport,
} from '@quiesce/backup-recipes';
import type { Transport } from '@quiesce/command';
import { flushGuests, type Lab } from '@quiesce/lab';
import { bootLines, startFromBackup } from './boot-lines.js';
import { witnessImage } from './image-witness.js';
import { imageCopy, restoreLines } from './restore-lines.js';
import { proofLines, proveRestore, type RestoreProof } from './restore-proof.js';
import { createRunLog } from './run-log.js';
import type { Screen } from './screen.js';
import { verifiedLines } from './verified-lines.js';

/** What `--json` writes. */
export interface DemoResult {
  readonly version: 1;
  readonly release: string;
  readonly accelerator: string;
  /** Of the runs that ended, whatever way. */
  readonly reports: readonly BackupReport[];
  readonly restore: RestoreProof | undefined;
  /** Everything that failed. Empty after a good demo. */
  readonly failures: readonly string[];
}

/** The documented procedure's own settings, but for the copy of the host. */
const settings = {
  domains: ['Server-Tim', 'MySQL'],
  volumes: ['/dev/SSD/images', '/dev/raid5/VM.images'],
  target: 'archives/backups',
  hostRoot: { source: '/etc', folder: 'etc' },
} as const;

/** The guest that is started from its backup, and what guests of the lab print when they run. */
const booted = 'MySQL';
const startsWriting = 'guest: writing from record';

/**
 * Backs up the lab's guests twice, restores an image of the first backup, and says so on the
 * screen.
 */
export async function runDemo(lab: Lab, options: { screen: Screen; signal: AbortSignal }): Promise<DemoResult> {
  const reports: BackupReport[] = [];
  const failures: string[] = [];
  let restore: RestoreProof | undefined;
  try {
    restore = await demonstrate(lab, reports, options);
    failures.push(...restore.problems);
  } catch (error) {
    if (BackupFailedError.isInstance(error)) reports.push(error.report);
    for (const line of indent(reportOf(error))) options.screen.print(line);
    failures.push(error instanceof Error ? error.message : String(error));
  }
  return { version: 1, release: lab.release, accelerator: lab.accelerator, reports, restore, failures };
}

async function demonstrate(
  lab: Lab,
  reports: BackupReport[],
  { screen, signal }: { screen: Screen; signal: AbortSignal },
): Promise<RestoreProof> {
  const { transport, guests } = lab;
  const [guest] = guests;
  if (guest === undefined) throw new Error('the lab has no guest');
  const show = (heading: string, lines: readonly string[]): void => {
    for (const line of ['', heading, ...indent(lines)]) screen.print(line);
  };
  const backUp = async (heading: string, through: Transport): Promise<BackupReport> => {
    show(heading, ["Of the host's own files only /etc is copied here, in place of /.", '']);
    const onEvent = createRunLog(screen);
    const backup = lvmToZfsBackup({ ...settings, transport: through });
    const report = await backup.run({ signal, onEvent }).finally(() => screen.show());
    reports.push(report);
    for (const line of ['', ...indent(reportLines(report))]) screen.print(line);
    return report;
  };

  show('Waiting until the guests have written out what they hold since they booted …', []);
  await flushGuests(lab, signal);
  const witness = witnessImage(transport, guest);
  const first = await backUp('Backup 1 of 2: all is new to the target', witness.transport);
  const second = await backUp('Backup 2 of 2: the guests have written since', transport);

  const target = { target: settings.target, transport };
  const list = await listBackups(target).run({ signal });
  show('What can be restored: listBackups()', backupsToText(list, { columns: 100 }).split('\n').slice(0, -1));

  show('Comparing all of it with the checksums of what was frozen: verifyBackup()', []);
  const verified = await verifyBackup({
    ...{ ...target, backups: ['now', second.zfsSnapshot.name] },
  }).run({ signal });
  for (const line of indent(verifiedLines(verified))) screen.print(line);

  const copy = imageCopy(second, guest);
  const seen = witness.witnessed();
  const { zfsSnapshot } = second;
  if (copy === undefined) throw new Error(`no copy of the image of ${guest.name} is reported`);
  if (seen === undefined) throw new Error(`the frozen image of ${guest.name} was not seen`);
  if ('error' in seen) throw new Error(`the frozen image of ${guest.name} was not read`, { cause: seen.error });
  if (zfsSnapshot.holdsRun !== first.runId) throw new Error(`${zfsSnapshot.name} does not hold run ${first.runId}`);
  const from = copy.inSnapshot(zfsSnapshot.name.replace(/^.*@/, ''));
  show(`How to put ${guest.name} back as run 1 froze it: on the host, type`, restoreLines(from, guest));
  show(`How to put ${guest.name} back as run 2 froze it`, restoreLines(copy.now, guest).slice(1, 2));

  show(`Restoring ${path.posix.basename(guest.image)} of run 1 beside the guest that runs: restoreImages()`, []);
  const proof = await proveRestore(transport, {
    ...{ guest, snapshot: zfsSnapshot.name, target: settings.target },
    ...{ now: copy.now, frozenDigest: seen.digest, signal },
  });
  for (const line of indent(proofLines(proof))) screen.print(line);

  show(`Starting ${booted} from its backup as a throw-away, without a network: bootTest()`, []);
  const test = await startFromBackup(
    () => bootTest({ ...target, guest: booted, sign: { console: startsWriting } }).run({ signal }),
    (line) => screen.print(`  ${line}`),
  );
  for (const line of indent(bootLines(test))) screen.print(line);
  return proof;
}

function reportLines(report: BackupReport): string[] {
  return reportToText(report, { columns: 78 }).trimEnd().split('\n');
}

function reportOf(error: unknown): string[] {
  return BackupFailedError.isInstance(error) ? ['', ...reportLines(error.report)] : [];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}
