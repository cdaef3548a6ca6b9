import { ReflectionKind, type PageDefinition, type Reflection } from 'typedoc';
import { callOf } from './client-router.js';

/** An entry of a menu of the site. */
export interface MenuItem {
  readonly text: string;
  readonly link?: string;
  readonly collapsed?: boolean;
  readonly items?: readonly MenuItem[];
}

/** The menus of the reference, by the folders that they are shown in. */
export type Menus = Readonly<Record<string, readonly MenuItem[]>>;

const linkOf = (url: string): string => `/reference/${url.replace(/(?:index)?\.md$/, '')}`;

/** A method without the client before it: `pool.status`. */
const textOf = (reflection: Reflection): string => callOf(reflection)?.replace(/^[^.]*\./, '') ?? reflection.name;

const byText = (a: MenuItem, b: MenuItem): number => a.text.localeCompare(b.text, 'en');

interface Page {
  readonly url: string;
  readonly model: Reflection;
}

/** The methods of a client. All else is listed in the page of its package. */
const methodItems = (pages: readonly Page[], name: string): MenuItem[] =>
  pages
    .filter(({ model, url }) => url.startsWith(`${name}/`) && callOf(model) !== undefined)
    .map(({ model, url }) => ({ text: textOf(model), link: linkOf(url) }))
    .sort(byText);

/** The menus of all pages of the reference. A package's own is shown in its folder alone. */
export function menusOf(pages: readonly PageDefinition[]): Menus {
  const all = pages.flatMap(({ model, url }) => ('name' in model ? [{ model: model as Reflection, url }] : []));
  const modules = all.filter(({ model }) => model.kindOf(ReflectionKind.Module));
  const packages = modules.map(({ model, url }) => ({ text: model.name, link: linkOf(url) })).sort(byText);
  const menuWith = (open: string | undefined, items: readonly MenuItem[]): MenuItem[] => [
    {
      text: 'Packages',
      link: '/reference/',
      items: packages.map((item) => (item.text === open ? { ...item, items } : item)),
    },
  ];
  return Object.fromEntries([
    ...packages.map(({ text, link }) => [link, menuWith(text, methodItems(all, text))] as const),
    ['/reference/', menuWith(undefined, [])] as const,
  ]);
}
