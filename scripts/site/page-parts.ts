/** A page of the reference, parted at its headings. */
export interface PageParts {
  /** Its first heading. */
  readonly head: string;
  /** What stands before the second. */
  readonly intro: string;
  /** What stands below each further heading. A heading can come more than once. */
  readonly sections: ReadonlyMap<string, readonly string[]>;
}

/** Parts a page at the headings of the second level. There are none of them in its code. */
export function partsOf(markdown: string): PageParts {
  const [first = '', ...rest] = markdown.trim().split(/^## /m);
  const [head = '', ...intro] = first.split('\n');
  const sections = new Map<string, string[]>();
  for (const part of rest) {
    const [title = '', ...lines] = part.split('\n');
    const texts = sections.get(title.trim()) ?? [];
    sections.set(title.trim(), [...texts, lines.join('\n').trim()]);
  }
  return { head, intro: intro.join('\n').trim(), sections };
}

/** What stands below a heading, with it: as a list where it came more than once. Else nothing. */
export function textOf(sections: PageParts['sections'], title: string): string {
  const texts = sections.get(title) ?? [];
  if (texts.length === 0) return '';
  const asList = texts.length > 1 && texts.every((text) => !text.includes('```'));
  const items = asList ? texts.map((text) => `- ${text.replaceAll('\n', '\n  ')}`).join('\n') : texts.join('\n\n');
  return `## ${title}\n\n${items}`;
}
