import { OutputParseError, parseInteger } from '@quiesce/command';
import type { Vdev } from './pool-status.js';

interface Row {
  readonly depth: number;
  readonly vdev: Vdev & { readonly children: Vdev[] };
}

const classes: Readonly<Record<string, string>> = {
  special: 'special',
  dedup: 'dedup',
  logs: 'log',
  cache: 'l2cache',
  spares: 'spare',
};

const group = /^(?<type>mirror|raidz|draid|replacing|spare|indirect)\d*(?::\S+)?-\d+(?:$|-)/;
const cells = /^(?<state>[A-Z]+)(?:(?: +(?<read>\d+) +(?<write>\d+) +(?<checksum>\d+))?(?: +.*)?)$/;

function count(what: string, text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseInteger(what, text);
}

function parseRow(line: string, column: number, of: string): Row {
  const name = line.slice(1, column).trimEnd();
  const depth = name.length - name.trimStart().length;
  const { checksum, read, state, write } = cells.exec(line.slice(column).trimEnd())?.groups ?? {};
  const isSpare = state === 'AVAIL' || state === 'INUSE';
  if (!line.startsWith('\t') || name === '' || state === undefined || depth % 2 !== 0 || (!isSpare && !checksum)) {
    throw new OutputParseError('a row of zpool status is not as expected', { text: line });
  }
  const bare = name.trimStart();
  return {
    depth: depth / 2,
    vdev: {
      name: bare,
      type: group.exec(bare)?.groups?.['type'],
      class: of,
      state,
      guid: undefined,
      path: bare.startsWith('/') ? bare : undefined,
      readErrors: count('READ', read),
      writeErrors: count('WRITE', write),
      checksumErrors: count('CKSUM', checksum),
      children: [],
    },
  };
}

/**
 * Reads the table of a pool's devices: what a device is part of is told by how far it is indented.
 */
export function parseConfigTable(text: string, pool: string): Vdev[] {
  const [header = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '');
  const column = header.indexOf(' STATE ') + 1;
  // A pool that can't be opened may have none.
  if (!header.startsWith('\tNAME ') || column === 0) {
    throw new OutputParseError('zpool status has no table of devices', { text: header });
  }
  const vdevs: Vdev[] = [];
  const open: Row[] = [];
  let of = 'normal';
  for (const line of lines) {
    const head = classes[line.trim()];
    if (head !== undefined) {
      of = head;
      open.length = 0;
      continue;
    }
    const row = parseRow(line, column, of);
    while ((open.at(-1)?.depth ?? -1) >= row.depth) open.pop();
    const parent = open.at(-1);
    if (row.depth !== (parent?.depth ?? (of === 'normal' ? -1 : 0)) + 1) {
      throw new OutputParseError('a row of zpool status is indented otherwise than expected', { text: line });
    }
    if (parent === undefined && of === 'normal') {
      if (row.vdev.name !== pool) throw new OutputParseError('zpool status begins with another pool', { text: line });
    } else if (parent === undefined || parent.depth === 0) {
      vdevs.push(row.vdev);
    } else {
      parent.vdev.children.push(row.vdev);
    }
    open.push(row);
  }
  return vdevs;
}
