// VitePress writes the pages by itself: its tags have no `>` in their attributes, all values stand
// in double quotes, and code has its `<` as a character reference. So patterns are enough here.

const references: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const decoded = (value: string): string =>
  value.replaceAll(/&(?<name>amp|lt|gt|quot|#39);/g, (all, name: string) => references[name] ?? all);

const valuesOf = (html: string, pattern: RegExp): string[] =>
  [...html.matchAll(pattern)].map(({ groups }) => decoded(groups?.['value'] ?? ''));

/** Where the links of a page lead, as they are written. */
export const linksIn = (html: string): string[] => valuesOf(html, /<a\s(?:[^>]*?\s)?href="(?<value>[^"]*)"/g);

/** The links of the menu beside a page and of that at its top. */
export function menuLinksIn(html: string): string[] {
  const menus = html.match(/<(?<tag>aside|header)\s[^>]*class="VP(?:Sidebar|Nav)\b[\s\S]*?<\/\k<tag>>/g) ?? [];
  return menus.flatMap(linksIn);
}

/** What links to a place in a page can name. */
export const anchorsIn = (html: string): ReadonlySet<string> =>
  new Set([
    ...valuesOf(html, /<[a-z][^>]*?\sid="(?<value>[^"]*)"/g),
    // Of others, as `<meta>`, it is no anchor.
    ...valuesOf(html, /<a\s(?:[^>]*?\s)?name="(?<value>[^"]*)"/g),
  ]);

/** The images of a page, its icon with them. */
export const imagesIn = (html: string): string[] => [
  ...valuesOf(html, /<(?:img|source)\s[^>]*?\bsrc="(?<value>[^"]*)"/g),
  ...valuesOf(html, /<link\s[^>]*?\brel="icon"[^>]*?\bhref="(?<value>[^"]*)"/g),
];
