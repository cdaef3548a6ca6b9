import path from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { siteLink } from '../../scripts/site/site-links.js';

/** Leads links of a page that leave `docs/` to the repository. */
export function repositoryLinks(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('repository-links', ({ env, tokens }) => {
    // It is missing where VitePress looks for the title of a page.
    const { relativePath } = env as { readonly relativePath?: string };
    if (relativePath === undefined) return;
    const file = path.posix.join('docs', relativePath);
    for (const { children } of tokens) {
      for (const token of children ?? []) {
        const href = token.type === 'link_open' ? token.attrGet('href') : null;
        if (href?.startsWith('..') === true) token.attrSet('href', siteLink(href, file, path.posix.dirname(file)));
      }
    }
  });
}
