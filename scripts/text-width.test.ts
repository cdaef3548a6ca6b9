import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.dirname(import.meta.dirname);
const widest = 100;

// A link and a directive of a tool are one word; a table of Markdown is as wide as its cells.
const mayBeWider = [/https?:\/\/\S{40}/, /^\s*\/\/ eslint-disable/, /^\s*\|/];
const comment = /^\s*(?:\/\/|\/\*|\*(?:\s|$))/;
const passedOver =
  /(?:^|\/)(?:node_modules|dist|__fixtures__|\.git|\.test-results)(?:\/|$)|^docs\/(?:reference|\.vitepress\/(?:cache|generated))\//;

async function files(ending: RegExp): Promise<string[]> {
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(path.join(root, folder), { withFileTypes: true })) {
      const name = path.join(folder, entry.name);
      if (passedOver.test(name)) continue;
      if (entry.isDirectory()) await walk(name);
      else if (ending.test(name)) found.push(name);
    }
  };
  await walk('.');
  return found;
}

async function wideLines(ending: RegExp, isText: (line: string) => boolean): Promise<string[]> {
  const names = await files(ending);
  expect(names.length).toBeGreaterThan(10);
  return names.flatMap((name) =>
    readFileSync(path.join(root, name), 'utf8')
      .split('\n')
      .flatMap((line, index) => {
        const isWide = line.length > widest && isText(line) && !mayBeWider.some((pattern) => pattern.test(line));
        return isWide ? [`${name}:${String(index + 1)}: ${line.trim()}`] : [];
      }),
  );
}

it('comments are at most 100 columns wide', async () => {
  expect(await wideLines(/\.(?:ts|mts|mjs|js)$/, (line) => comment.test(line))).toEqual([]);
});

it('Markdown is at most 100 columns wide', async () => {
  expect(await wideLines(/\.md$/, () => true)).toEqual([]);
});
