import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sourceFiles } from '../samples.js';

/** An error class of a package, in the words of its doc comment. */
export interface DocumentedError {
  readonly name: string;
  /** The package, as `zfs`. */
  readonly package: string;
  /** The class that it extends. */
  readonly base: string;
  /** What it means: the first paragraph. */
  readonly meaning: string;
  /** What to do about it: the second. Empty where there is none. */
  readonly whatToDo: string;
}

const documentedClass =
  /\/\*\*(?<comment>(?:(?!\*\/)[^])*)\*\/\nexport class (?<name>\w+Error)(?:<[^>]*>)? extends (?<base>\w+)/g;

/** A paragraph as one line of Markdown. */
function asMarkdown(paragraph: string): string {
  return paragraph
    .replace(/\s+/g, ' ')
    .replace(/\{@link (?<target>[^}|]+?)(?: ?\| ?(?<label>[^}]+))?\}/g, (...found) => {
      const { label, target = '' } = found.at(-1) as { label?: string; target?: string };
      return target.startsWith('http') ? `[${label ?? target}](${target})` : `\`${label ?? target}\``;
    });
}

/** The error classes of a source file. */
export function errorsIn(file: string, text: string): readonly DocumentedError[] {
  return [...text.matchAll(documentedClass)].map(({ groups: { base = '', comment = '', name = '' } = {} }) => {
    const words = comment.replace(/^\s*\* ?/gm, '').trim();
    const [meaning = '', second = ''] = words.split(/\n\n+/).map(asMarkdown);
    const whatToDo = second.startsWith('@') ? '' : second;
    return { name, package: file.split('/')[1] ?? '', base, meaning, whatToDo };
  });
}

/** Every error class of the packages' sources. */
export function readErrors(root: string): readonly DocumentedError[] {
  return sourceFiles(root)
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => errorsIn(file, readFileSync(path.join(root, file), 'utf8')));
}
