import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { InvalidArgumentError } from '@quiesce/command';
import { seriesOf, type Labels } from './metric.js';
import { commonLabels, isSuccess, prefixOf, reportToPrometheus, type MeasuredReport } from './prometheus.js';

/** Where {@link writePrometheus} writes. */
export interface WritePrometheusOptions {
  /** The node exporter's folder: the value of its `--collector.textfile.directory`. */
  readonly folder: string;
  /**
   * Name of the file: letters, digits and `_ . -`, with the ending `.prom`. Give each target its
   * own, and each guest of a boot test.
   * @default as the metrics' names begin: 'quiesce_backup.prom', 'quiesce_verify.prom', …
   */
  readonly name?: string;
  /** Labels of your own that every metric gets, as `{ host: 'hv1' }`. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

const fileName = /^[A-Za-z0-9_][A-Za-z0-9_.-]*\.prom$/;

/** When such a run last succeeded, by the file: it may be that of another target. */
async function earlierSuccess(file: string, prefix: string, labels: Labels): Promise<Date | undefined> {
  const begin = `${seriesOf(`${prefix}_last_success_timestamp_seconds`, labels)} `;
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
 * Writes the metrics of {@link reportToPrometheus} into the node exporter's folder on this machine:
 * as a whole or not at all, since the exporter may read at any time. When the last success was
 * stays in the file when a run fails.
 *
 * @returns the path of the file.
 * @throws `InvalidArgumentError` for a name that is none, and what {@link reportToPrometheus}
 *   throws; the system's own error where the folder
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
export async function writePrometheus(report: MeasuredReport, options: WritePrometheusOptions): Promise<string> {
  const prefix = prefixOf(report);
  const { folder, labels, name = `${prefix}.prom` } = options;
  if (!fileName.test(name)) {
    const expected = 'letters, digits and _ . - with the ending .prom';
    throw new InvalidArgumentError({ argument: 'name', value: name, expected });
  }
  const file = path.join(folder, name);
  const lastSuccess = isSuccess(report) ? undefined : await earlierSuccess(file, prefix, commonLabels(report, labels));
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
