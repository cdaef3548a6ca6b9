import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * A short hash of named texts. The order of the names does not matter; each of them and each text
 * does.
 */
export function hashRecipe(parts: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256');
  for (const name of Object.keys(parts).sort()) {
    // Lengths, so that no text can pass for the end of another.
    for (const text of [name, parts[name] ?? '']) hash.update(`${Buffer.byteLength(text)}:`).update(text);
  }
  return hash.digest('hex').slice(0, 16);
}

/** The text of every file below a folder, by its path in it. */
export async function readTexts(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    files.map(async (file) => [path.relative(directory, file), await readFile(file, 'utf8')]),
  );
  return Object.fromEntries(texts) as Record<string, string>;
}
