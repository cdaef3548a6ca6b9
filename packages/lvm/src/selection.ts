import { checkArgument } from '@quiesce/command';
import { checkTag } from './names.js';

/** Which objects a command is about, besides those that it names. */
export interface Selection {
  /**
   * Only what has all of these tags.
   * @default with whatever tags
   */
  readonly tags?: readonly string[] | undefined;
}

/** Which objects a report is about, besides those that it names. */
export interface ReportSelection extends Selection {
  /**
   * A selection in LVM's own language, as `lv_size > 10g && lv_role = snapshot`. It can compare whole tags only: list by
   * group and filter the result for a part of a tag.
   *
   * @see {@link https://man7.org/linux/man-pages/man7/lvmreport.7.html | lvmreport(7)}
   */
  readonly select?: string | undefined;
}

/** `--select` for the tags and the selection, where there are any. */
export function selectionArguments(field: 'lv_tags' | 'vg_tags', { tags = [], select }: ReportSelection): string[] {
  const conditions = tags.map((tag, index) => `${field}={"${checkTag(`tags[${String(index)}]`, tag)}"}`);
  if (select !== undefined) {
    const expected = 'a selection on one line that does not begin with -';
    const checked = checkArgument('select', select, { pattern: /^[^\r\n]*\S[^\r\n]*$/, expected });
    conditions.push(conditions.length > 0 ? `(${checked})` : checked);
  }
  return conditions.length > 0 ? ['--select', conditions.join(' && ')] : [];
}
