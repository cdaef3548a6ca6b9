import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Which files each file imports, by their paths. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/**
 * The files that a source file imports by a relative path: its types, what it exports again and
 * `import()` included.
 */
export function importedFiles(file: string, text: string): readonly string[] {
  const { importedFiles: imported } = ts.preProcessFile(text);
  return imported
    .map(({ fileName }) => fileName)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => path.join(path.dirname(file), specifier.replace(/\.js$/, '.ts')));
}

/** The imports between the files below a folder. */
export function readImportGraph(folder: string): ImportGraph {
  const files = readdirSync(folder, { encoding: 'utf8', recursive: true }).filter((file) => file.endsWith('.ts'));
  return new Map(files.map((file) => [file, importedFiles(file, readFileSync(path.join(folder, file), 'utf8'))]));
}

/** A shortest way from one file to another along imports. */
function shortestWay(graph: ImportGraph, from: string, to: string): readonly string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  // A map is walked in the order of insertion, also over what is added meanwhile.
  for (const file of cameFrom.keys()) {
    if (file === to) {
      const way: string[] = [];
      for (let step: string | undefined = to; step !== undefined; step = cameFrom.get(step)) way.unshift(step);
      return way;
    }
    for (const next of graph.get(file) ?? []) if (!cameFrom.has(next)) cameFrom.set(next, file);
  }
  return undefined;
}

/**
 * A circle begins at its first file by name: the same circle is the same text wherever it was
 * entered.
 */
function describeCircle(files: readonly string[]): string {
  const first = files.indexOf([...files].sort()[0] ?? '');
  return [...files.slice(first), ...files.slice(0, first), files[first]].join(' -> ');
}

/**
 * The circles of a graph, as `a.ts -> b.ts -> a.ts`: for each import that is part of a circle a
 * shortest one that it is part of. All there are could be too many to read; once these are gone
 * there is none.
 */
export function findCircles(graph: ImportGraph): readonly string[] {
  const circles = new Set<string>();
  for (const [file, imports] of graph) {
    for (const imported of imports) {
      const wayBack = shortestWay(graph, imported, file);
      if (wayBack !== undefined) circles.add(describeCircle(wayBack));
    }
  }
  return [...circles].sort();
}
