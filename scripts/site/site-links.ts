import { existsSync } from 'node:fs';
import path from 'node:path';

/** The checkout. */
export const root: string = path.join(import.meta.dirname, '..', '..');

const repository = 'https://github.com/quiesce/quiesce/blob/main/';

/**
 * Where a link of a file of the checkout leads from a page of the site: to a page where it leads to
 * one, and to the repository otherwise.
 *
 * @param href as it stands in the file
 * @param file the file, relative to the root
 * @param folder where the page is, relative to the root
 */
export function siteLink(href: string, file: string, folder: string): string {
  if (/^[a-z]+:|^#|^\//.test(href)) return href;
  const [place = '', anchor] = href.split('#', 2);
  const target = path.posix.join(path.posix.dirname(file), place);
  const hash = anchor === undefined ? '' : `#${anchor}`;
  const ofPackage = /^packages\/(?<name>[\w-]+)(?:\/README\.md|\/)?$/.exec(target)?.groups?.['name'];
  if (ofPackage !== undefined) return `/reference/${ofPackage}/${hash}`;
  if (!target.startsWith('docs/')) {
    if (!existsSync(path.join(root, target))) throw new Error(`${file} links to ${href}, which does not exist`);
    return `${repository}${target}${hash}`;
  }
  const relative = path.posix.relative(folder, target);
  return `${relative.startsWith('.') ? relative : `./${relative}`}${hash}`;
}

/** A Markdown text with its links as they are on the site. */
export function withSiteLinks(markdown: string, file: string, folder: string): string {
  return markdown.replaceAll(
    /(?<before>\]\()(?<href>[^)\s]+)(?=\))/g,
    (_, before: string, href: string) => `${before}${siteLink(href, file, folder)}`,
  );
}
