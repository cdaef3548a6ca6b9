import { OutputParseError } from '@quiesce/command';
import * as z from 'zod';

/** The fields of one row, as text. */
export type ReportRow = Readonly<Record<string, string | undefined>>;

interface Report {
  readonly report: readonly Readonly<Record<string, readonly ReportRow[] | undefined>>[];
}

const reportSchema = z.object({
  report: z.array(z.record(z.string(), z.array(z.record(z.string(), z.string())))),
}) satisfies z.ZodType<Report>;

/**
 * The settings and flags that make every lvm print a report the same way, whatever lvm.conf says.
 */
export const reportSettings: readonly string[] = [
  'log/prefix=""',
  'log/command_names=0',
  'report/compact_output=0',
  'report/list_item_separator=","',
  'report/mark_hidden_devices=0',
  'report/time_format="%s"',
];

/**
 * What every report is asked with. `json_std` would be typed better, but Debian 12 does not have
 * it.
 */
export const reportArguments: readonly string[] = ['--reportformat', 'json', '--units', 'b', '--nosuffix', '--binary'];

// LVM prints advice to standard output, between the lines of a report too: lvmteam/lvm2#137.
const reportLine = /^\s*(?:[{}[\],]|"\w+": *\[)/;

function parseJson(stdout: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    const lines = stdout.split('\n').filter((line) => reportLine.test(line));
    try {
      return JSON.parse(lines.join('\n'));
    } catch (cause) {
      throw new OutputParseError('the report of lvm is not JSON', { text: stdout, cause });
    }
  }
}

/** The rows of one kind that a report holds. */
export function parseReport(stdout: string, kind: 'lv' | 'vg'): ReportRow[] {
  const parsed = reportSchema.safeParse(parseJson(stdout));
  if (!parsed.success) {
    throw new OutputParseError('the report of lvm is not as expected', { text: stdout, cause: parsed.error });
  }
  return parsed.data.report.flatMap((part) => part[kind] ?? []);
}

/**
 * A field of a row. One that is asked for and not there means that the report is not what it seems.
 */
export function field(row: ReportRow, name: string): string {
  const text = row[name];
  if (text === undefined) throw new OutputParseError(`a row of lvm has no ${name}`, { text: JSON.stringify(row) });
  return text;
}

/**
 * A field that is empty where it says nothing, and that an output which was kept from before may
 * lack.
 */
export function laterField(row: ReportRow, name: string): string | undefined {
  return row[name] === '' ? undefined : row[name];
}

/** A field that is empty where it says nothing. */
export function optionalField(row: ReportRow, name: string): string | undefined {
  const text = field(row, name);
  return text === '' ? undefined : text;
}

/** The items of a field that holds a list. */
export function listField(row: ReportRow, name: string): string[] {
  return optionalField(row, name)?.split(',') ?? [];
}
