import process from 'node:process';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const still = ['--disable-component-update', '--disable-sync'];

/** Starts Debian's Chromium, which `npm run lab -- install` installs. */
export async function startBrowser(): Promise<Browser> {
  // Its own sandbox does not work for root.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: [...sandbox, ...quiet, ...still] });
}

export const looks = [
  { name: 'wide, light', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { name: 'wide, dark', colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  { name: 'narrow, light', colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { name: 'narrow, dark', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

/** Opens a tab that keeps what goes wrong in its pages. */
export async function openTab(context: BrowserContext): Promise<{ readonly page: Page; readonly errors: string[] }> {
  const page = await context.newPage();
  // Else each page fetches all that its menu leads to.
  await page.addInitScript("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })");
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.message}`));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // What was fetched ahead is given up when a page is left.
    if (reason !== 'net::ERR_ABORTED') errors.push(`${page.url()}: ${request.url()}: ${reason}`);
  });
  return { page, errors };
}
