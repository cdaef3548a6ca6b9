import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { DefaultTheme } from 'vitepress';

// Nothing is listed here by hand: what is in a folder is in its menu.
const docs = path.join(import.meta.dirname, '..');

interface Page {
  readonly text: string;
  readonly link: string;
  readonly group: string | undefined;
  readonly order: number;
}

/** A page as its menu shows it: what its front matter says, or its first heading. */
function pageOf(file: string): Page {
  const text = readFileSync(path.join(docs, file), 'utf8');
  const matter = /^---\n(?<matter>[\s\S]*?)\n---\n/.exec(text)?.groups?.['matter'] ?? '';
  const valueOf = (key: string): string | undefined =>
    new RegExp(`^${key}: *(?:"(?<quoted>.*)"|(?<plain>.*))$`, 'm').exec(matter)?.slice(1).find(Boolean);
  const heading = /^# (?<heading>.*)$/m.exec(text)?.groups?.['heading'];
  const title = valueOf('title') ?? heading;
  if (title === undefined) throw new Error(`docs/${file} has neither a title nor a heading`);
  const link = `/${file.replace(/\.md$/, '')}`;
  return { text: title, link, group: valueOf('group'), order: Number(valueOf('order') ?? Infinity) };
}

/** The pages of a folder, by their order and then by their names. */
function pagesIn(folder: string): readonly Page[] {
  const pages = readdirSync(path.join(docs, folder))
    .filter((name) => name.endsWith('.md') && name !== 'index.md')
    .sort()
    .map((name) => pageOf(path.posix.join(folder, name)));
  return pages.sort((a, b) => (a.order === b.order ? 0 : a.order - b.order));
}

const itemOf = ({ link, text }: Page): DefaultTheme.NavItemWithLink & DefaultTheme.SidebarItem => ({ link, text });

const itemsIn = (folder: string): ReturnType<typeof itemOf>[] => pagesIn(folder).map(itemOf);

/** The guides by their groups, each where its first page is. */
function guideGroups(): DefaultTheme.SidebarItem[] {
  const pages = pagesIn('guides');
  const groups = [...new Set(pages.map(({ group }) => group))];
  return groups.map((group) => ({
    text: group ?? 'Guides',
    items: pages.filter((page) => page.group === group).map(itemOf),
  }));
}

/** The menus by the folders that they are shown in. */
export function menus(): DefaultTheme.SidebarMulti {
  const file = path.join(docs, 'reference', 'menu.json');
  if (!existsSync(file)) throw new Error('there is no reference yet: npm run docs makes it');
  const reference = JSON.parse(readFileSync(file, 'utf8')) as DefaultTheme.SidebarMulti;
  const decisions = itemsIn('decisions');
  const guides: DefaultTheme.SidebarItem[] = [
    ...guideGroups(),
    { text: 'Subcommands and methods', items: itemsIn('subcommands') },
    { text: 'More', items: itemsIn('') },
    // With a link of its own: else one button stands in another, which screen readers can't tell.
    { text: 'Decisions', link: decisions[0]?.link ?? '/', collapsed: true, items: decisions },
  ];
  return { ...reference, '/': guides };
}

/** What stands at the top of every page. */
export function navigation(): DefaultTheme.NavItem[] {
  const [first] = pagesIn('guides');
  return [
    { text: 'Guides', link: first?.link ?? '/', activeMatch: '^/guides/' },
    { text: 'Subcommands', items: itemsIn('subcommands') },
    { text: 'Reference', link: '/reference/', activeMatch: '^/reference/' },
  ];
}
