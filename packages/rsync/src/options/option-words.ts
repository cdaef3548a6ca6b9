import { argumentWords, type AnyRows, type Checked, type SomeRow } from '@quiesce/command';
import { checkFilters } from './filter-words.js';
import { mappingsWord, ownershipWord } from './owners.js';
import { rsyncPathWord } from './rsync-path.js';
import type { RsyncOptions } from './sync-options.js';
import { rsyncRows } from './sync-rows.js';
import { stopAtWord } from './times.js';

/** The values of options that are no text by themselves. */
function texts({
  chown,
  copyAs,
  filters,
  groupmap,
  rsyncPath,
  stopAt,
  usermap,
}: Partial<Checked<RsyncOptions>>): object {
  return {
    ...(filters !== undefined && { filters: checkFilters('filters', filters) }),
    ...(usermap !== undefined && { usermap: [mappingsWord(usermap)] }),
    ...(groupmap !== undefined && { groupmap: [mappingsWord(groupmap)] }),
    ...(chown !== undefined && { chown: [ownershipWord(chown)] }),
    ...(copyAs !== undefined && { copyAs: [ownershipWord(copyAs)] }),
    ...(rsyncPath !== undefined && { rsyncPath: [rsyncPathWord(rsyncPath)] }),
    ...(stopAt !== undefined && { stopAt: [stopAtWord(stopAt)] }),
  };
}

const item: SomeRow = { kind: 'text', check: (_, value) => value, sample: '' };

function asTexts(row: SomeRow): SomeRow {
  return row.kind === 'other' && row.option !== undefined ? { kind: 'list', option: row.option, each: item } : row;
}

/** The words of the options, but for the sources and the destination. */
export function optionWords(checked: Partial<Checked<RsyncOptions>>): string[] {
  const rows: AnyRows = Object.fromEntries(
    Object.entries<SomeRow>(rsyncRows as unknown as AnyRows).map(([name, row]) => [name, asTexts(row)]),
  );
  return argumentWords(rows, { ...checked, ...texts(checked) });
}
