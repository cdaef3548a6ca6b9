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

/** Functions that are not for the call site: they build a command, or read what one printed. */
const isPart = (name: string): boolean => /Command$|^parse[A-Z]/.test(name);

/** The methods of a client, or else the functions. The page of a package lists all else. */
function mainItems(pages: readonly Page[], name: string): MenuItem[] {
  const own = pages.filter(({ url }) => url.startsWith(`${name}/`));
  const methods = own.filter(({ model }) => callOf(model) !== undefined);
  const functions = own.filter(({ model }) => model.kindOf(ReflectionKind.Function) && !isPart(model.name));
  return (methods.length > 0 ? methods : functions)
    .map(({ model, url }) => ({ text: textOf(model), link: linkOf(url) }))
    .sort(byText);
}

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
    ...packages.map(({ text, link }) => [link, menuWith(text, mainItems(all, text))] as const),
    ['/reference/', menuWith(undefined, [])] as const,
  ]);
}
