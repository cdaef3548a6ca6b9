import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Scenario } from './scenario.js';

const packages = fileURLToPath(new URL('../../../packages/', import.meta.url));

/** The folder of a client's scenarios, a file for each topic. */
const recordingOf = (client: string): string => path.join(packages, client, 'recording');

/** The folder with a client's fixtures, a folder for each release. */
export function fixturesOf(client: string): string {
  return path.join(packages, client, 'src', '__fixtures__');
}

/**
 * Refuses a client that has no scenarios.
 *
 * @throws an error that names those that there are.
 */
export async function requireClient(client: string): Promise<void> {
  const names = await readdir(packages);
  const clients = names.filter((name) => existsSync(recordingOf(name))).sort();
  if (clients.includes(client)) return;
  throw new Error(`There is no client ${JSON.stringify(client)} to record. There are: ${clients.join(', ')}`);
}

/** The scenarios of a client, by topic. */
export async function loadScenarios(client: string): Promise<ReadonlyMap<string, Scenario>> {
  const files = (await readdir(recordingOf(client))).filter((file) => file.endsWith('.ts')).sort();
  const load = async (file: string): Promise<[string, Scenario]> => {
    const { scenario } = (await import(pathToFileURL(path.join(recordingOf(client), file)).href)) as {
      scenario: Scenario;
    };
    return [path.basename(file, '.ts'), scenario];
  };
  const scenarios = new Map(await Promise.all(files.map(load)));
  requireUniqueNames(scenarios);
  return scenarios;
}

function requireUniqueNames(scenarios: ReadonlyMap<string, Scenario>): void {
  const seen = new Set<string>();
  for (const [topic, { cases }] of scenarios) {
    for (const { name } of cases) {
      if (seen.has(name)) throw new Error(`${topic}: there is another case that is called ${name}`);
      seen.add(name);
    }
  }
}
