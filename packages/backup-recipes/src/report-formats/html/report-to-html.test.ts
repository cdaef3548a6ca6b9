import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { manyRun } from '../testing/many.js';
import { failedRun, goodRun, hostile, hostileRun } from '../testing/reports.js';
import { markup } from './parts.js';
import { reportToHtml } from './report-to-html.js';

const ours = [
  ...['html', 'head', 'meta', 'title', 'style', 'body', 'main', 'header', 'h1', 'h2', 'h3', 'p', 'span', 'div', 'dl'],
  ...['dt', 'dd', 'ul', 'ol', 'li', 'pre', 'code', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ...['svg', 'g', 'text', 'rect', 'line', 'circle'],
];
const tag = new RegExp(`<!doctype html>|</?(?:${ours.join('|')})(?: [a-z-]+[0-9]?="[^"<>]*")* ?/?>`, 'g');

describe('reportToHtml', () => {
  it.each([
    ['a good run', goodRun, '<h1><span class="sign">✓ OK</span>backup complete</h1>'],
    ['a failed run', failedRun, '<h1><span class="sign">✗ FAILED</span>backup failed</h1>'],
    ['an incomplete one', { ...goodRun, complete: false }, '<h1><span class="sign">! WARNING</span>'],
  ])('says in words how %s ended', (_, report, headline) => {
    expect(reportToHtml(report)).toContain(headline);
  });

  it('tells what is safe, what is wrong and what to type', () => {
    const leftovers = [{ kind: 'domain', name: 'MySQL', remedy: "virsh resume 'MySQL'" }] as const;
    const page = reportToHtml({ ...failedRun, leftovers });
    expect(page).toContain('<li>archives/backups is NOT complete.');
    expect(page).toContain('<h2>3 problems</h2>');
    expect(page).toContain('<pre><code>virsh resume &#39;MySQL&#39;</code></pre>');
    expect(page).toContain('<dt>Longest pause of a guest</dt><dd>1.6 s</dd>');
  });

  it('holds no markup but its own, however hostile the names are', () => {
    for (const report of [goodRun, failedRun, manyRun, hostileRun]) {
      const page = reportToHtml(report);
      expect(page.replaceAll(tag, '')).not.toMatch(/[<>]/);
      expect(page).not.toMatch(/<[^>]* (?:on\w+|style|src|href)=/);

      expect(page).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202e]/);
    }
    expect(reportToHtml(hostileRun)).toContain('&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
  });

  it('loads nothing and runs nothing, and its policy knows its two styles', () => {
    const page = reportToHtml(goodRun);
    expect(page).not.toMatch(/url\(|@import|<script|<link|<img/);
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
    const styles = [...page.matchAll(/<style>([^<]*)<\/style>/g)].map(([, text = '']) =>
      createHash('sha256').update(text).digest('base64'),
    );
    expect(styles).toHaveLength(2);
    for (const hash of styles) expect(page).toContain(`&#39;sha256-${hash}&#39;`);
  });

  it('keeps what it says readable on paper, where browsers leave out backgrounds', () => {
    const [, print = ''] = reportToHtml(goodRun).split('@media print {');
    expect(print).toContain('.sign { background: none; color: var(--ink);');
  });

  it('has the data of the timeline as tables', () => {
    const page = reportToHtml(goodRun);
    expect(page.match(/<table>/g)).toHaveLength(2);
    expect(page).toContain('<td>/dev/SSD/images: whole</td>\n<td>copy</td>\n<td class="number">17.5 s</td>');
  });
});

describe('markup', () => {
  it('escapes texts and keeps markup', () => {
    expect(markup`<p title="${hostile}">${markup`<b>${'<i>'}</b>`}</p>`.markup).toBe(
      '<p title="&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;{}\\\\x0a\\x1b[31m\\u{202e}]]&gt;--&gt;"><b>&lt;i&gt;</b></p>',
    );
  });
});
