import { OutputParseError } from '@quiesce/command';
import { datasetTypes, fieldColumns, type DatasetField, type DatasetType, type DatasetWith } from './fields.js';

/** Reads the lines that `zfs list` prints, as they come. */
export interface DatasetReader<Field extends DatasetField> {
  /** The datasets that these lines finish. */
  push(lines: readonly string[]): DatasetWith<Field>[];
  /** The one that the output ended with. */
  end(): DatasetWith<Field>[];
}

/** The type that stands at a place of a line, with a tab or the end after it. */
function typeAt(line: string, from: number): DatasetType | undefined {
  return datasetTypes.find((type) => {
    const to = from + type.length;
    return line.startsWith(type, from) && (to === line.length || line[to] === '\t');
  });
}

/**
 * Makes the reader of one output with these fields after name and type. It goes over each line
 * once, without cells: of 100,000 snapshots that is twice as fast.
 *
 * A mount point comes last and may hold tabs and line breaks. A line that begins no row continues
 * it, and one that was made to look like a row has to be told by other means.
 */
export function datasetReader<Field extends DatasetField>(fields: readonly DatasetField[]): DatasetReader<Field> {
  const columns = fields.map((field) => [field, fieldColumns[field].read] as const);
  const isOpen = fields.at(-1) === 'mountpoint';
  let open: { name: string; type: DatasetType; [field: string]: unknown } | undefined;

  function refuse(line: string): never {
    throw new OutputParseError('a row of zfs list is not as expected', { text: line });
  }

  function readLine(line: string, tab: number, type: DatasetType): NonNullable<typeof open> {
    const dataset: NonNullable<typeof open> = { name: line.slice(0, tab), type };
    let from = tab + 1 + type.length;
    let left = columns.length;
    for (const [field, read] of columns) {
      left -= 1;
      if (line[from] !== '\t') return refuse(line);
      from += 1;
      const next = left === 0 && isOpen ? -1 : line.indexOf('\t', from);
      const to = next === -1 ? line.length : next;
      dataset[field] = read(line, from, to);
      from = to;
    }
    return from === line.length ? dataset : refuse(line);
  }

  return {
    push(lines) {
      const datasets: (typeof open)[] = [];
      for (const line of lines) {
        const tab = line.indexOf('\t');
        const type = tab > 0 ? typeAt(line, tab + 1) : undefined;
        if (type !== undefined) {
          if (open !== undefined) datasets.push(open);
          open = readLine(line, tab, type);
          if (isOpen) continue;
          // Nothing can follow: it is handed on although the command may fail later.
          datasets.push(open);
          open = undefined;
        } else if (open !== undefined && isOpen) {
          const { mountpoint: begun = '-' } = open as { readonly mountpoint?: string | undefined };
          open['mountpoint'] = `${begun}\n${line}`;
        } else refuse(line);
      }
      return datasets as unknown as DatasetWith<Field>[];
    },
    end() {
      const datasets = open === undefined ? [] : [open];
      open = undefined;
      return datasets as unknown as DatasetWith<Field>[];
    },
  };
}
