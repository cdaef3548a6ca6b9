import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentSamples, exampleSamples, readSamples, sampleProblems, sourceFiles, type Sample } from './samples.js';

const root = path.dirname(import.meta.dirname);
const minutes = 60_000;

const fence = (...lines: readonly string[]): string => ['```ts', ...lines, '```'].join('\n');

/** A source file whose function has these lines in its doc comment. */
const commented = (...lines: readonly string[]): string =>
  ['const before = 1;', '', '/**', ...lines.map((line) => ` * ${line}`), ' */', 'function f() {}'].join('\n');

// Both kinds in one program: half the time.
it(
  'samples compile, and what is wrong with one is named with its file and line',
  () => {
    const samples = readSamples(root);
    expect(samples.filter(({ kind }) => kind === 'document').length, 'samples of documents').toBeGreaterThan(9);
    expect(samples.filter(({ kind }) => kind === 'example').length, 'samples of doc comments').toBeGreaterThan(60);

    const wrong: readonly Sample[] = [
      { file: 'a.md', line: 7, kind: 'document', code: 'const first: number = 1;\nawait zfs.list();\n' },
      { file: 'b.ts', line: 20, kind: 'example', code: '// one\nawait zfs.lists();\n' },
      { file: 'c.ts', line: 1, kind: 'example', code: 'const zfs = 1;\nconst text: string = zfs;\n' },
      { file: 'd.ts', line: 3, kind: 'example', code: 'const (;\n' },
    ];
    const problems = sampleProblems(root, [...samples, ...wrong]);
    const ofWrong = /^[a-d]\.\w+:\d+:/;
    expect(problems.filter((problem) => !ofWrong.test(problem))).toEqual([]);
    expect(problems).toContain("a.md:8: Cannot find name 'zfs'.");
    const places = problems.flatMap((problem) => ofWrong.exec(problem)?.[0] ?? []);
    expect([...new Set(places)]).toEqual(['a.md:8:', 'b.ts:21:', 'c.ts:2:', 'd.ts:3:']);
  },
  2 * minutes,
);

describe('documentSamples', () => {
  it('finds the fences of TypeScript and no other', () => {
    const text = ['# Title', '', fence('const a = 1;', '', 'a;'), '```sh', 'ls', '```', fence('two();')].join('\n');
    expect(documentSamples('README.md', text)).toEqual([
      { file: 'README.md', line: 4, code: 'const a = 1;\n\na;\n', kind: 'document' },
      { file: 'README.md', line: 12, code: 'two();\n', kind: 'document' },
    ]);
  });
});

describe('exampleSamples', () => {
  it('finds the fences of doc comments', () => {
    const text = commented('Does it.', '', '@example', ...fence('for (;;) {', '  f();', '}').split('\n'));
    expect(exampleSamples('f.ts', text)).toEqual([
      { file: 'f.ts', line: 8, code: 'for (;;) {\n  f();\n}\n', kind: 'example' },
    ]);
  });

  it('passes over other comments', () => {
    expect(exampleSamples('f.ts', '/*\n```ts\na;\n```\n*/')).toEqual([]);
  });
});

it('every example of a doc comment is a sample', () => {
  const found = new Map<string, number>();
  for (const { file, kind } of readSamples(root)) if (kind === 'example') found.set(file, (found.get(file) ?? 0) + 1);
  const lacking = sourceFiles(root).filter((file) => {
    const examples = readFileSync(path.join(root, file), 'utf8').match(/^\s*\* @example/gm) ?? [];
    return examples.length > (found.get(file) ?? 0);
  });
  expect(lacking).toEqual([]);
});
