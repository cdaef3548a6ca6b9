import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { anchorsIn, imagesIn, linksIn, menuLinksIn } from './page-links.js';

/** A page as it was built: its address, and its HTML. */
export interface BuiltPage {
  readonly url: string;
  readonly html: string;
}

const notFoundPage = '404.html';

/** The pages of a built site. The page for what does not exist is none of them. */
export function builtPages(dist: string): readonly BuiltPage[] {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html') && file !== notFoundPage)
    .sort()
    .map((file) => ({
      url: `/${file
        .split(path.sep)
        .join('/')
        .replace(/(?:index)?\.html$/, '')}`,
      html: readFileSync(path.join(dist, file), 'utf8'),
    }));
}

const sameSite = 'https://site.invalid';

/** Where a link leads: an address and an anchor in it. Nothing where it leaves the site. */
function targetOf(href: string, from: string): { readonly url: string; readonly anchor: string } | undefined {
  const { hash, origin, pathname } = new URL(href, `${sameSite}${from}`);
  if (origin !== sameSite) return undefined;
  return { url: decodeURI(pathname).replace(/(?:index)?\.html$/, ''), anchor: decodeURIComponent(hash.slice(1)) };
}

/** What leads nowhere: links to pages, files and anchors that are missing, and missing images. */
function deadLinks(pages: readonly BuiltPage[], hasFile: (url: string) => boolean): string[] {
  const anchors = new Map(pages.map(({ html, url }) => [url, anchorsIn(html)]));
  return pages.flatMap(({ html, url }) => {
    const dead = [...new Set(linksIn(html))].filter((href) => {
      const target = targetOf(href, url);
      if (target === undefined) return false;
      const found = anchors.get(target.url);
      return found === undefined ? !hasFile(target.url) : target.anchor !== '' && !found.has(target.anchor);
    });
    const missing = [...new Set(imagesIn(html))].filter((source) => {
      const target = targetOf(source, url);
      return !source.startsWith('data:') && target !== undefined && !hasFile(target.url);
    });
    return [
      ...dead.map((href) => `${url}: the link ${href} leads nowhere`),
      ...missing.map((source) => `${url}: the image ${source} is missing`),
    ];
  });
}

/** The pages that stand in no menu, and to which no page leads that does. */
function unreached(pages: readonly BuiltPage[]): string[] {
  const addresses = (hrefs: readonly string[], from: string): string[] =>
    hrefs.flatMap((href) => targetOf(href, from)?.url ?? []);
  const inMenu = new Set(['/', ...pages.flatMap(({ html, url }) => addresses(menuLinksIn(html), url))]);
  const reached = new Set(
    pages.filter(({ url }) => inMenu.has(url)).flatMap(({ html, url }) => addresses(linksIn(html), url)),
  );
  return pages
    .filter(({ url }) => !inMenu.has(url) && !reached.has(url))
    .map(({ url }) => `${url}: no menu reaches this page`);
}

/** What is wrong with the links of a site. */
export function siteProblems(pages: readonly BuiltPage[], hasFile: (url: string) => boolean): string[] {
  return [...deadLinks(pages, hasFile), ...unreached(pages)];
}

/** What is wrong with the links of a site that was built into a folder. */
export function checkSite(dist: string): string[] {
  return siteProblems(
    builtPages(dist),
    (url) => statSync(path.join(dist, url), { throwIfNoEntry: false })?.isFile() === true,
  );
}
