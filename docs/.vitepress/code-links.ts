import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { MarkdownRenderer } from 'vitepress';

const reference = path.join(import.meta.dirname, '..', 'reference');

/** What a page of the reference is called in code: `zfs.pool.status`, `lvmToZfsBackup`. */
function nameOf(page: string): string {
  const name = /\/(?:classes|functions|interfaces|type-aliases|variables)\/(?<name>[^/]+)$/.exec(page)?.groups?.[
    'name'
  ];
  return name ?? page.replaceAll('/', '.');
}

/** What a method and its options are called: `zfs.run` makes `run` no name of one thing. */
function namesInMethod(page: string): readonly string[] {
  const text = readFileSync(path.join(reference, `${page}.md`), 'utf8');
  const options = [...text.matchAll(/^ *- \*\*`(?<option>\w+)`\*\*/gm)].map(({ groups }) => groups?.['option'] ?? '');
  return [path.basename(page), ...options];
}

/** The pages of the reference by names in code. One that several things have is left out. */
function pagesByName(): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  const several = new Set<string>();
  for (const file of readdirSync(reference, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.md') || file.endsWith('index.md')) continue;
    const page = file.replace(/\.md$/, '');
    if (pages.has(nameOf(page))) several.add(nameOf(page));
    pages.set(nameOf(page), `/reference/${page}`);
    if (nameOf(page).includes('.')) for (const name of namesInMethod(page)) several.add(name);
  }
  for (const name of several) pages.delete(name);
  return pages;
}

/** Leads names in code, as `zfs.send`, to their pages in the reference. */
export function codeLinks(markdown: MarkdownRenderer): void {
  const pages = pagesByName();
  markdown.core.ruler.push('code-links', ({ env, tokens, Token }) => {
    const { relativePath = '' } = env as { readonly relativePath?: string };
    if (relativePath.startsWith('reference/')) return;
    for (const [index, token] of tokens.entries()) {
      // Headings are links to themselves.
      if (token.type !== 'inline' || tokens[index - 1]?.type === 'heading_open') continue;
      let inLink = 0;
      token.children = (token.children ?? []).flatMap((child) => {
        if (child.type === 'link_open') inLink += 1;
        if (child.type === 'link_close') inLink -= 1;
        const page = child.type === 'code_inline' && inLink === 0 ? pages.get(child.content) : undefined;
        if (page === undefined) return [child];
        const open = new Token('link_open', 'a', 1);
        open.attrSet('href', page);
        return [open, child, new Token('link_close', 'a', -1)];
      });
    }
  });
}
