import type { MarkdownRenderer } from 'vitepress';

/**
 * Gives each cell of a table the head of its column. On a phone the cells of a row stand below each
 * other, with no head above them: there the style shows it.
 */
export function cellLabels(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('cell-labels', ({ tokens }) => {
    let heads: string[] = [];
    let column = 0;
    for (const [index, token] of tokens.entries()) {
      if (token.type === 'table_open') heads = [];
      if (token.type === 'tr_open') column = 0;
      if (token.type === 'th_open') {
        const words = tokens[index + 1]?.children ?? [];
        heads.push(
          words
            .map(({ content }) => content)
            .join('')
            .trim(),
        );
      }
      if (token.type !== 'td_open') continue;
      const head = heads[column] ?? '';
      column += 1;
      const isEmpty = (tokens[index + 1]?.content ?? '').trim() === '';
      if (head !== '' && !isEmpty) token.attrSet('data-label', head);
    }
  });
}
