import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { checkSite, siteProblems, type BuiltPage } from './check-site.js';

const menu = (...links: readonly string[]): string =>
  `<aside class="VPSidebar"><nav>${links.map((href) => `<a class="link" href="${href}">x</a>`).join('')}</nav></aside>`;
const page = (url: string, html: string): BuiltPage => ({ url, html });
const hasFile = (url: string): boolean => url === '/schema.json' || url === '/icon.svg';

it('finds nothing where every link leads somewhere', () => {
  const pages = [
    page('/', menu('/guides/zfs', '/reference/')),
    page('/guides/zfs', '<h2 id="a-b">A</h2><a href="#a-b">A</a><a href="/schema.json">S</a><img src="/icon.svg">'),
    page('/reference/', '<a href="./types/Pool#name">Pool</a><a href="https://example.org/none#x">away</a>'),
    page('/reference/types/Pool', '<a id="name"></a><a href="../../guides/zfs.html#a-b">A</a>'),
  ];
  expect(siteProblems(pages, hasFile)).toEqual([]);
});

it('finds links to pages and anchors that there are not', () => {
  const pages = [
    page('/', `${menu('/guide')}<a href="/none">none</a><a href="/none.json">none</a>`),
    page('/guide', '<h2 id="here">Here</h2><a href="/guide#there">There</a><code>&#x3C;a href="/no-link"></code>'),
  ];
  expect(siteProblems(pages, hasFile)).toEqual([
    '/: the link /none leads nowhere',
    '/: the link /none.json leads nowhere',
    '/guide: the link /guide#there leads nowhere',
  ]);
});

it('takes neither the name of a meta element nor another attribute for an anchor or a link', () => {
  const html = `${menu('/')}<meta name="viewport"><span id="ok" data-id="no"></span><a href="#viewport" data-href="/none">x</a>`;
  expect(siteProblems([page('/', `${html}<a href="#no">x</a><a href="#ok">x</a>`)], hasFile)).toEqual([
    '/: the link #viewport leads nowhere',
    '/: the link #no leads nowhere',
  ]);
});

it('takes no folder for a page', async () => {
  const dist = await mkdtemp(path.join(tmpdir(), 'quiesce-site-'));
  try {
    await mkdir(path.join(dist, 'guides'));
    await writeFile(path.join(dist, 'a.json'), '{}');
    await writeFile(path.join(dist, 'guides', 'zfs.html'), '');
    await writeFile(
      path.join(dist, 'index.html'),
      `${menu('/guides/zfs')}<a href="/guides">no</a><a href="/guides/">no</a><a href="/a.json">yes</a>`,
    );
    expect(checkSite(dist)).toEqual(['/: the link /guides leads nowhere', '/: the link /guides/ leads nowhere']);
  } finally {
    await rm(dist, { recursive: true, force: true });
  }
});

it('finds images that are missing', () => {
  expect(siteProblems([page('/', '<link rel="icon" href="/no.svg"><img alt="" src="no.png">')], hasFile)).toEqual([
    '/: the image no.png is missing',
    '/: the image /no.svg is missing',
  ]);
});

it('finds pages that stand in no menu, and that no page of a menu leads to', () => {
  const pages = [
    page('/', menu('/a')),
    page('/a', '<a href="/b">B</a>'),
    page('/b', '<a href="/c">C</a>'),
    page('/c', ''),
  ];
  expect(siteProblems(pages, hasFile)).toEqual(['/c: no menu reaches this page']);
});
