import { checkArgument, type Checked, type TextRow } from '@quiesce/command';
import { tagsRow } from '../names.js';

/** Which objects a command is about, besides those that it names. */
export interface Selection {
  /**
   * Only what has all of these tags.
   * @default with whatever tags
   */
  readonly tags?: string | readonly string[] | undefined;
}

/** Which objects a report is about, besides those that it names. */
export interface ReportSelection extends Selection {
  /**
   * A selection in LVM's own language, as `lv_size > 10g && lv_role = snapshot`. It can compare
   * whole tags only: list by group and filter the result for a part of a tag.
   *
   * @see {@link https://man7.org/linux/man-pages/man7/lvmreport.7.html | lvmreport(7)}
   */
  readonly select?: string | undefined;
}

const selection = {
  pattern: /^(?=.*\S)[^\r\n\0]*$/,
  expected: 'a selection on one line that does not begin with -',
};

/** The rows of {@link ReportSelection}. {@link selectionWords} writes what they mean. */
export const reportSelectionRows: {
  readonly tags: typeof tagsRow & { readonly required?: never };
  readonly select: TextRow & { readonly required?: never };
} = {
  tags: tagsRow,
  select: {
    kind: 'text',
    check: (argument, value) => checkArgument(argument, value, selection),
    sample: 'lv_size > 10g',
  },
};

/** `--select` for checked tags and a checked selection, where there are any. */
export function selectionWords(
  field: 'lv_tags' | 'vg_tags',
  { tags = [], select }: Checked<ReportSelection>,
): string[] {
  const conditions = tags.map((tag) => `${field}={"${tag}"}`);
  if (select !== undefined) conditions.push(conditions.length > 0 ? `(${select})` : select);
  return conditions.length > 0 ? ['--select', conditions.join(' && ')] : [];
}
