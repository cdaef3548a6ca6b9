import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCircles, importedFiles, readImportGraph, type ImportGraph } from './file-circles.js';

const packages = path.join(path.dirname(import.meta.dirname), 'packages');

/** A graph written as `{ a: 'b c' }`: a imports b and c. */
function graph(imports: Readonly<Record<string, string>>): ImportGraph {
  return new Map(Object.entries(imports).map(([file, imported]) => [file, imported.split(' ').filter(Boolean)]));
}

describe('the imports between the files of', () => {
  it.each(readdirSync(packages))('%s go in no circle', (name) => {
    const imports = readImportGraph(path.join(packages, name, 'src'));
    expect(imports.get('index.ts')?.length, 'the check has to see imports').toBeGreaterThan(5);
    expect(findCircles(imports)).toEqual([]);
  });
});

describe('importedFiles', () => {
  it('finds every kind of import of a file beside or above', () => {
    const text = `
      import './effect.js';
      import { value } from './value.js';
      import type { Type } from '../type.js';
      import { type Other } from './other.js';
      export * from './all.js';
      export { type Named } from './more/named.js';
      export type Inline = import('./inline.js').Inline;
      export const later = import('./later.js');
    `;
    expect(importedFiles('src/from.ts', text)).toEqual([
      'src/effect.ts',
      'src/value.ts',
      'type.ts',
      'src/other.ts',
      'src/all.ts',
      'src/more/named.ts',
      'src/inline.ts',
      'src/later.ts',
    ]);
  });

  it('leaves out packages, and what only looks like an import', () => {
    const text = `
      import { join } from 'node:path';
      import { z } from 'zod';
      /** import { a } from './comment.js'; */
      export const code = "import { a } from './text.js';";
    `;
    expect(importedFiles('from.ts', text)).toEqual([]);
  });
});

describe('findCircles', () => {
  it('finds none where all imports go one way, also to a file that is not in the graph', () => {
    expect(findCircles(graph({ index: 'a b', a: 'c', b: 'c outside', c: '' }))).toEqual([]);
  });

  it('names a circle once, from its first file by name, and nothing that only leads to it', () => {
    expect(findCircles(graph({ index: 'c', c: 'a', a: 'b', b: 'c leaf', leaf: '' }))).toEqual(['a -> b -> c -> a']);
  });

  it('names each circle of several, those that share files too', () => {
    const imports = graph({ a: 'b', b: 'a c', c: 'a', d: 'd', e: 'f', f: 'e' });
    expect(findCircles(imports)).toEqual(['a -> b -> a', 'a -> b -> c -> a', 'd -> d', 'e -> f -> e']);
  });
});
