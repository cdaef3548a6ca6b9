import { escapeMarkup } from '../escape.js';

/** Markup that is safe to put into the page: all that came from outside is escaped in it. */
export interface Markup {
  readonly markup: string;
}

/** Escapes what is not markup yet. */
function safe(value: string | Markup | readonly Markup[]): string {
  if (typeof value === 'string') return escapeMarkup(value);
  return 'markup' in value ? value.markup : value.map((part) => part.markup).join('\n');
}

/** Writes markup: every text in it is escaped, unless it is markup itself. */
export function markup(
  texts: TemplateStringsArray,
  ...values: readonly (string | Markup | readonly Markup[])[]
): Markup {
  const parts = texts.map((text, index) => {
    const value = values[index];
    return value === undefined ? text : `${text}${safe(value)}`;
  });
  return { markup: parts.join('') };
}

const numeric: Markup = { markup: ' class="number"' };

/** A column of a table in the page. */
export interface HtmlColumn {
  readonly heading: string;
  readonly isNumber?: boolean;
}

/** A table under a name that screen readers tell. It can be scrolled where it has no place. */
export function htmlTable(name: string, columns: readonly HtmlColumn[], rows: readonly (readonly string[])[]): Markup {
  const style = (index: number): Markup | string => (columns[index]?.isNumber === true ? numeric : '');
  const heads = columns.map(({ heading }, index) => markup`<th scope="col"${style(index)}>${heading}</th>`);
  const body = rows.map((row) => {
    const cells = row.map((cell, index) => markup`<td${style(index)}>${cell}</td>`);
    return markup`<tr>${cells}</tr>`;
  });
  return markup`<div class="scroll" role="region" aria-label="${name}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}
