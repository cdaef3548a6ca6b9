import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { InvalidArgumentError } from '@quiesce/command';
import type { BackupReport } from '../lvm-to-zfs-backup/report/report.js';
import { commonLabels, isSuccess, reportToPrometheus, seriesOf } from './prometheus.js';

/** Where {@link writePrometheus} writes. */
export interface WritePrometheusOptions {
  /** The node exporter's folder: the value of its `--collector.textfile.directory`. */
  readonly folder: string;
  /**
   * Name of the file: letters, digits and `_ . -`, with the ending `.prom`. Give each target its
   * own.
   * @default 'quiesce_backup.prom'
   */
  readonly name?: string;
  /** Labels of your own that every metric gets, as `{ host: 'hv1' }`. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

const fileName = /^[A-Za-z0-9_][A-Za-z0-9_.-]*\.prom$/;

/** When a run to that target last succeeded, by the file: it may be that of another one. */
async function earlierSuccess(file: string, labels: Readonly<Record<string, string>>): Promise<Date | undefined> {
  const begin = `${seriesOf('quiesce_backup_last_success_timestamp_seconds', labels)} `;
  try {
    const line = (await readFile(file, 'utf8')).split('\n').find((one) => one.startsWith(begin));
    const seconds = Number(line?.slice(begin.length));
    return Number.isFinite(seconds) ? new Date(Math.round(seconds * 1000)) : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes the metrics of a backup into the node exporter's folder on this machine: as a whole or not
 * at all, since the exporter may read at any time. When the last success was stays in the file when
 * a run fails.
 *
 * @returns the path of the file.
 * @throws `InvalidArgumentError` for a name that is none; the system's own error where the folder
 *   can't be written to. The file is then as it was.
 *
 * @example
 * ```ts
 * const report = await lvmToZfsBackup({
 *   domains: ['MySQL'],
 *   volumes: ['/dev/SSD/images'],
 *   target: 'archives/backups',
 * }).run();
 * await writePrometheus(report, { folder: '/var/lib/prometheus/node-exporter' });
 * ```
 *
 * @see https://github.com/prometheus/node_exporter#textfile-collector
 */
export async function writePrometheus(report: BackupReport, options: WritePrometheusOptions): Promise<string> {
  const { folder, labels, name = 'quiesce_backup.prom' } = options;
  if (!fileName.test(name)) {
    const expected = 'letters, digits and _ . - with the ending .prom';
    throw new InvalidArgumentError({ argument: 'name', value: name, expected });
  }
  const file = path.join(folder, name);
  const lastSuccess = isSuccess(report) ? undefined : await earlierSuccess(file, commonLabels(report, labels));
  // The exporter passes over what does not end with .prom.
  const temporary = path.join(folder, `.${name}.${randomBytes(6).toString('hex')}`);
  try {
    {
      // Everybody may read it: the exporter is not root.
      await using handle = await open(temporary, 'wx', 0o644);
      await handle.writeFile(reportToPrometheus(report, { labels, lastSuccess }));
      await handle.chmod(0o644);
      await handle.sync();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return file;
}
