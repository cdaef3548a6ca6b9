import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A `ts` fence of a document or of a doc comment. */
export interface Sample {
  /** Relative to the root. */
  readonly file: string;
  /** The line of its first line of code, counted from 1. */
  readonly line: number;
  readonly code: string;
  /** `example`: in a doc comment. It may use the names of the prelude without importing them. */
  readonly kind: 'document' | 'example';
}

const prelude = 'scripts/samples-prelude.ts';

/** The `ts` fences of a Markdown text that begins at a line of a file. */
function fences(markdown: string, firstLine: number): { readonly line: number; readonly code: string }[] {
  return [...markdown.matchAll(/^```ts\n(?<code>[\s\S]*?)^```$/gm)].map(({ index, groups }) => ({
    line: firstLine + markdown.slice(0, index).split('\n').length,
    code: groups?.['code'] ?? '',
  }));
}

export function documentSamples(file: string, text: string): readonly Sample[] {
  return fences(text, 1).map((fence) => ({ file, ...fence, kind: 'document' }));
}

/** The fences of the doc comments of a source file. */
export function exampleSamples(file: string, text: string): readonly Sample[] {
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(({ index, 0: comment }) => {
    const markdown = comment.replace(/^[ \t]*\* ?/gm, '');
    const firstLine = text.slice(0, index).split('\n').length;
    return fences(markdown, firstLine).map((fence) => ({ file, ...fence, kind: 'example' as const }));
  });
}

function filesOf(root: string, ending: string, place: string): readonly string[] {
  return ts.sys
    .readDirectory(
      root,
      [ending],
      ['**/node_modules', '**/__fixtures__', '**/dist', 'docs/reference', '**/generated'],
      [place],
    )
    .map((file) => path.relative(root, file))
    .sort();
}

/** The sources of the packages, whose doc comments have examples. */
export function sourceFiles(root: string): readonly string[] {
  return filesOf(root, '.ts', 'packages/*/src/**/*');
}

/** Every sample of the documents and of the sources of the packages. */
export function readSamples(root: string): readonly Sample[] {
  const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
  return [
    ...filesOf(root, '.md', '**/*').flatMap((file) => documentSamples(file, read(file))),
    ...sourceFiles(root).flatMap((file) => exampleSamples(file, read(file))),
  ];
}

function compilerOptions(root: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.base.json'), (file) => ts.sys.readFile(file)) as {
    config: object;
  };
  return {
    ...ts.parseJsonConfigFileContent(config, ts.sys, root).options,
    // How somebody sets these is no business of a sample.
    verbatimModuleSyntax: false,
    isolatedModules: false,
    isolatedDeclarations: false,
    declaration: false,
    noPropertyAccessFromIndexSignature: false,
  };
}

/** The compiler's files, with some that are not on the disk. */
function hostWith(files: ReadonlyMap<string, string>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options, true);
  const parsed = new Map<string, ts.SourceFile | undefined>();
  return {
    ...host,
    fileExists: (name) => files.has(name) || host.fileExists(name),
    readFile: (name) => files.get(name) ?? host.readFile(name),
    getSourceFile: (name, version) => {
      const text = files.get(name);
      if (text !== undefined) return ts.createSourceFile(name, text, version, true);
      if (!parsed.has(name)) parsed.set(name, host.getSourceFile(name, version));
      return parsed.get(name);
    },
  };
}

/** The identifiers in a tree whose parent is of some kind. */
function namesOf(node: ts.Node, isName: (parent: ts.Node) => boolean): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (child: ts.Node): void => {
    if (ts.isIdentifier(child) && isName(child.parent)) names.add(child.text);
    ts.forEachChild(child, visit);
  };
  visit(node);
  return names;
}

const declares = (parent: ts.Node): boolean =>
  ts.isVariableDeclaration(parent) || ts.isBindingElement(parent) || ts.isFunctionDeclaration(parent);

/**
 * Gives an example the names of the prelude that it uses and does not declare, on its first line:
 * lines stay where they are.
 */
function withPrelude(code: string, known: ReadonlySet<string>): string {
  const source = ts.createSourceFile('sample.ts', code, ts.ScriptTarget.Latest, true);
  const own = new Set(
    source.statements.flatMap((statement) =>
      ts.isImportDeclaration(statement)
        ? [...namesOf(statement, () => true)]
        : ts.isVariableStatement(statement) || ts.isFunctionDeclaration(statement)
          ? [...namesOf(statement, declares)]
          : [],
    ),
  );
  const used = [...namesOf(source, () => true)].filter((name) => known.has(name) && !own.has(name));
  return used.length === 0
    ? code
    : `import { ${used.join(', ')} } from './${prelude.replace(/\.ts$/, '.js')}'; ${code}`;
}

/**
 * Compiles samples against the sources of the packages, each as a module of its own and all in one
 * program. What is wrong is one line each, with file and line of the sample.
 */
export function sampleProblems(root: string, samples: readonly Sample[]): readonly string[] {
  const options = compilerOptions(root);
  const files = new Map<string, string>();
  const host = hostWith(files, options);
  const preludeFile = path.join(root, prelude);
  const first = ts.createProgram([preludeFile], options, host);
  const preludeSource = first.getSourceFile(preludeFile);
  const checker = first.getTypeChecker();
  const symbol = preludeSource && checker.getSymbolAtLocation(preludeSource);
  const known = new Set((symbol ? checker.getExportsOfModule(symbol) : []).map(({ name }) => name));

  // In the root, where every package is found.
  const placed = samples.map((sample, index) => ({ sample, name: path.join(root, `sample-${String(index)}.ts`) }));
  for (const { sample, name } of placed)
    files.set(name, sample.kind === 'example' ? withPrelude(sample.code, known) : sample.code);
  const program = ts.createProgram([preludeFile, ...files.keys()], options, host, first);
  return placed.flatMap(({ sample, name }) => {
    const source = program.getSourceFile(name);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ file, start = 0, messageText }) => {
      const line = file === undefined ? 0 : ts.getLineAndCharacterOfPosition(file, start).line;
      return `${sample.file}:${String(sample.line + line)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
  });
}
