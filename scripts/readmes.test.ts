import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as backupRecipes from '@quiesce/backup-recipes';
import * as command from '@quiesce/command';
import * as lvm from '@quiesce/lvm';
import * as rsync from '@quiesce/rsync';
import * as virsh from '@quiesce/virsh';
import * as zfs from '@quiesce/zfs';
import { describe, expect, it } from 'vitest';
import { documentSamples } from './samples.js';

const root = path.dirname(import.meta.dirname);
const read = (...words: readonly string[]): string => readFileSync(path.join(root, ...words), 'utf8');

/** What stands below a heading of the second level. */
function section(text: string, heading: string): string {
  return text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
}

/** The words in backquotes in a column of a section's first table. */
function column(text: string, index: number): readonly string[] {
  const [table = ''] = /^\|(?:.|\n\|)*/m.exec(text) ?? [];
  return table.split('\n').flatMap((row) => (row.split('|')[index + 1] ?? '').match(/(?<=`)[\w.()]+(?=`)/g) ?? []);
}

/** The packages that a document's samples import: `@quiesce/zfs`, `zod`; none of Node's own. */
function imported(text: string): readonly string[] {
  const specifiers = documentSamples('', text).flatMap(({ code }) =>
    [...code.matchAll(/(?:from|import|require\()\s*'(?<from>[^'.][^']*)'/g)].map(
      ({ groups }) => groups?.['from'] ?? '',
    ),
  );
  return specifiers
    .filter((specifier) => !specifier.startsWith('node:'))
    .map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '');
}

function installed(text: string): readonly string[] {
  return [...text.matchAll(/^npm install (?<names>.*)$/gm)].flatMap(
    ({ groups }) => groups?.['names']?.split(' ') ?? [],
  );
}

/** The names of a client's methods, those of its parts as `pool.list`. */
function methodsOf(client: object): readonly string[] {
  return Object.entries(client).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? Object.keys(value).map((part) => `${name}.${part}`) : [name],
  );
}

const packages: Readonly<Record<string, { readonly exported: object; readonly methods: readonly string[] }>> = {
  'backup-recipes': {
    exported: backupRecipes,
    methods: ['lvmToZfsBackup', 'reconcile', 'createBackupTarget', 'replicate'].flatMap((recipe) => [
      `${recipe}().plan()`,
      `${recipe}().run()`,
    ]),
  },
  command: {
    exported: command,
    methods: 'createCommand run lines pipe localTransport sshTransport sudo dryRun recording toShell quoteWord'.split(
      ' ',
    ),
  },
  lvm: { exported: lvm, methods: methodsOf(lvm.createLvm()) },
  rsync: { exported: rsync, methods: methodsOf(rsync.createRsync()) },
  virsh: { exported: virsh, methods: methodsOf(virsh.createVirsh()) },
  zfs: { exported: zfs, methods: methodsOf(zfs.createZfs()) },
};

it('every package is looked at', () => {
  expect(Object.keys(packages)).toEqual(readdirSync(path.join(root, 'packages')).sort());
});

it('the samples of the root README import what it installs', () => {
  const text = read('README.md');
  expect(imported(text).length).toBeGreaterThan(0);
  expect(installed(text)).toEqual(expect.arrayContaining([...imported(text)]));
});

describe.each(Object.entries(packages))('the README of %s', (name, { exported, methods }) => {
  const text = read('packages', name, 'README.md');

  it('has the shape of all: what it is, install, use, methods, errors, a link', () => {
    // What is a comment of a shell script looks like a heading.
    const prose = text.replace(/^```[\s\S]*?^```$/gm, '');
    const names = [...prose.matchAll(/^## (?<heading>.*)$/gm)].map(({ groups }) => groups?.['heading']);
    expect(text.split('\n')[0]).toBe(`# @quiesce/${name}`);
    expect(text).toMatch(/^# .*\n\n[A-Z]/);
    expect(names.slice(0, 3)).toEqual(['Install', 'Use', 'Methods']);
    expect(names.at(-1)).toBe('Errors');
    expect(section(text, 'Install')).toContain(
      'An ES module, for Node 20.19, or 22.12 or newer; there `require` loads it too.',
    );
    expect(text.trimEnd().split('\n').at(-1)).toBe('The whole of quiesce: [README](../../README.md).');
  });

  it('begins its use with lines that import the package', () => {
    const [first] = documentSamples('', section(text, 'Use'));
    expect(first?.code).toContain(`from '@quiesce/${name}'`);
    expect(first?.code.split('\n').length).toBeLessThan(30);
  });

  it('installs the package and what its samples import', () => {
    const [line] = installed(section(text, 'Install'));
    expect(line).toBe(`@quiesce/${name}`);
    expect(installed(text)).toEqual(expect.arrayContaining([...imported(text)]));
  });

  it('names methods and builders that there are, and leads to all of them', () => {
    const part = section(text, 'Methods');
    const page = path.join('docs', 'subcommands', `${name}.md`);
    expect(column(part, 0).length).toBeGreaterThan(2);
    expect(column(part, 0).filter((method) => !methods.includes(method))).toEqual([]);
    expect(part.includes(`](../../${page})`)).toBe(existsSync(path.join(root, page)));
    expect(column(part, 2).filter((builder) => !(builder in exported))).toEqual([]);
  });

  it('names each error that it exports', () => {
    const part = section(text, 'Errors');
    const errors = Object.entries(exported).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'function' && value.prototype instanceof Error ? [key] : [],
    );
    expect(errors.length).toBeGreaterThan(3);
    expect(errors.filter((error) => !part.includes(`\`${error}\``))).toEqual([]);
  });
});
