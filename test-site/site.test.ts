import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { builtPages } from '../scripts/site/check-site.js';
import { looks, openTab, startBrowser } from './browser.js';
import { dist, serveSite, type ServedSite } from './serve.js';

let site: ServedSite;
let browser: Browser;

beforeAll(async () => {
  site = await serveSite();
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await site[Symbol.asyncDispose]();
});

const urls = builtPages(dist).map(({ url }) => url);

/** The first page, the guides, and of all that looks alike one. */
const kinds = ['classes', 'functions', 'interfaces', 'type-aliases', 'variables'] as const;
const looked = [
  ...urls.filter((url) => url.startsWith('/guides/') || !url.slice(1).includes('/')),
  ...['/decisions/', '/subcommands/', ...kinds.map((kind) => `/${kind}/`)].flatMap(
    // Where there is none, its folder, which there is not either.
    (part) => urls.find((url) => url.includes(part)) ?? part,
  ),
  ...['/reference/', '/reference/backup-recipes/', '/reference/backup-recipes/functions/lvmToZfsBackup'],
  ...['/reference/zfs/snapshot', '/reference/zfs/pool/status', '/reference/virsh/sendKey'],
];

it('opens every page without an error', async () => {
  await using context = await browser.newContext();
  const waiting = [...urls];
  const tabs = await Promise.all([1, 2, 3].map(() => openTab(context)));
  await Promise.all(
    tabs.map(async ({ page }) => {
      for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
        const response = await page.goto(`${site.url}${url}`);
        expect(response?.status(), url).toBe(200);
      }
    }),
  );
  expect(tabs.flatMap(({ errors }) => errors)).toEqual([]);
});

/** What axe calls serious in a page as it looks now, and what stands out at its right. */
async function faultsOf(page: Page, look: string, allRules: boolean): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (
    allRules ? axe.withTags(['wcag2a', 'wcag2aa']) : axe.withRules('color-contrast')
  ).analyze();
  const place = `${new URL(page.url()).pathname}, ${look}`;
  const overhang = Number(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'));
  return [
    ...violations.flatMap(({ id, impact, nodes }) =>
      impact === 'serious' || impact === 'critical'
        ? nodes.map(({ html, target }) => `${place}: ${id}: ${target.join(' ')}: ${html.slice(0, 120)}`)
        : [],
    ),
    ...(overhang > 0 ? [`${place}: ${String(overhang)} pixels stand out at the right`] : []),
  ];
}

it('has nothing that axe calls serious, nor anything cut, wide and narrow, light and dark', async () => {
  await using context = await browser.newContext();
  const waiting = [...looked];
  const tabs = await Promise.all([1, 2].map(() => openTab(context)));
  const found = await Promise.all(
    tabs.map(async ({ page }) => {
      const faults: string[] = [];
      for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
        await page.goto(`${site.url}${url}`);
        // A colour on its way from dark to light is neither.
        await page.addStyleTag({ content: '*, ::before, ::after { transition: none !important }' });
        for (const { colorScheme, name, viewport } of looks) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize(viewport);
          await page.locator(colorScheme === 'dark' ? 'html.dark' : 'html:not(.dark)').waitFor();
          // Of one width in two colours only the colours differ.
          faults.push(...(await faultsOf(page, name, colorScheme === 'light')));
        }
      }
      return faults;
    }),
  );
  expect(found.flat()).toEqual([]);
  expect(tabs.flatMap(({ errors }) => errors)).toEqual([]);
});

it.each([
  ['virsh.suspend', '/reference/virsh/suspend'],
  ['suspend', '/reference/virsh/suspend'],
  ['sendKey', '/reference/virsh/sendKey'],
  ['send-key', '/reference/virsh/sendKey'],
  ['lvcreate', '/reference/lvm/lvcreate'],
  ['lvs', '/reference/lvm/lvs'],
  ['zfs snapshot', '/reference/zfs/snapshot'],
  ['zpool status', '/reference/zfs/pool/status'],
  ['zfs.send', '/reference/zfs/send'],
  ['rsync.sync', '/reference/rsync/sync'],
  ['scriptedTransport', '/reference/command/testing/functions/scriptedTransport'],
  ['lvmToZfsBackup', '/reference/backup-recipes/functions/lvmToZfsBackup'],
  ['email on failure', '/guides/first-backup'],
  ['delete old snapshots', '/reference/backup-recipes/'],
  ['qemu guest agent', '/guides/consistency'],
  ['snapshot full', '/guides/sizing-snapshots'],
  ['paused guest stuck', '/guides/left-over'],
])('search finds %s', async (words, url) => {
  await using context = await browser.newContext();
  const { page } = await openTab(context);
  await page.goto(`${site.url}/report`, { waitUntil: 'networkidle' });
  const input = page.locator('#localsearch-input');
  // On a busy machine the page may not listen yet.
  const open = async (): Promise<boolean> => {
    if (!(await input.isVisible())) await page.keyboard.press('Control+k');
    return input.isVisible();
  };
  await expect.poll(open, { interval: 500, timeout: 60_000 }).toBe(true);
  await input.fill(words);
  const first = page.locator('#localsearch-list a').first();
  await first.waitFor();
  // It sorts once more a moment after each letter.
  await page.waitForTimeout(500);
  expect((await first.getAttribute('href'))?.replace(/#.*$/, '')).toBe(url);
});

it('tells on a phone which column each cell of a table is of', async () => {
  await using context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const { page } = await openTab(context);
  await page.goto(`${site.url}/guides/supported-versions`);
  const [first] = await page.locator('.vp-doc tbody tr').all();
  const labels = await first?.locator('td').evaluateAll((cells) => {
    const styleOf = (
      globalThis as unknown as { getComputedStyle: (cell: unknown, part: string) => { content: string } }
    ).getComputedStyle;
    return cells.map((cell) => styleOf(cell, '::before').content);
  });
  expect(labels?.[0]).toBe('none');
  expect(labels?.[1]).toContain('Debian 13');
  expect(labels?.[2]).toContain('Debian 12');
});

it('leads names in code to what they mean: the run of a recipe is not that of a command', async () => {
  await using context = await browser.newContext();
  const { page } = await openTab(context);
  await page.goto(`${site.url}/report`);
  const links = page.locator('.vp-doc a', { has: page.locator('code') });
  const names = await links.allTextContents();
  expect(names).toContain('lvmToZfsBackup');
  expect(names).not.toContain('run');
});

it('lists the functions of a package that has no client in its menu', async () => {
  await using context = await browser.newContext();
  const { page } = await openTab(context);
  await page.goto(`${site.url}/reference/command/`);
  const names = await page.locator('.VPSidebar a').allTextContents();
  expect(names).toEqual(expect.arrayContaining(['run', 'sshTransport', 'scriptedTransport', 'sudo']));
});

it('copies code', async () => {
  await using context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const { page } = await openTab(context);
  await page.goto(`${site.url}/reference/zfs/snapshot`, { waitUntil: 'networkidle' });
  const block = page.locator('div.language-ts', { hasText: 'await zfs.snapshot' });
  await block.hover();
  await block.locator('button.copy').click();
  await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toContain('await zfs.snapshot({');
});
