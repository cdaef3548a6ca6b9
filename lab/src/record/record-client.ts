import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Lab } from '../lab.js';
import { inStep, type OnProgress } from '../progress.js';
import { fixturesOf, loadScenarios } from './clients.js';
import { compareFixtures } from './compare-fixtures.js';
import type { TopicFixtures } from './fixture.js';
import { readFixtures, writeFixtures, type ReleaseFixtures } from './fixture-files.js';
import { recordScenario } from './record-scenario.js';
import { fixtureRelease, fixtureReleasePrefix } from './tool-version.js';

/** What {@link recordClient} is given. */
export interface RecordClientOptions {
  readonly lab: Lab;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

/**
 * Records all topics of a client in a lab and writes its fixtures. They stay as they were when
 * anything fails. Returns what changed, in lines.
 */
export async function recordClient(client: string, options: RecordClientOptions): Promise<readonly string[]> {
  const { lab, signal, onProgress } = options;
  const { release, transport } = lab;
  const scenarios = await loadScenarios(client);
  const name = await fixtureRelease(client, release, transport);
  const recorded = new Map<string, TopicFixtures>();
  for (const [topic, scenario] of scenarios) {
    const record = (): Promise<TopicFixtures> => recordScenario(scenario, { transport, release, signal });
    recorded.set(topic, await inStep(onProgress, `Recording ${client} ${topic} in lab ${lab.name}`, record));
  }
  const folder = path.join(fixturesOf(client), name);
  const others = await earlierVersions(client, fixtureReleasePrefix(client, release), name);
  const previous = others.map((other) => path.join(fixturesOf(client), other));
  const [before = new Map<string, TopicFixtures>()] = await fixturesThere([folder, ...previous]);
  await writeFixtures(folder, recorded);
  for (const other of previous) await rm(other, { recursive: true });
  return [`${name}:`, ...others.map((other) => `in place of ${other}`), ...compareFixtures(before, recorded)];
}

/** The fixtures in those folders that have any. */
async function fixturesThere(folders: readonly string[]): Promise<readonly ReleaseFixtures[]> {
  return (await Promise.all(folders.map(readFixtures))).filter(({ size }) => size > 0);
}

/** Where the fixtures of the same Debian release are that were recorded with another version. */
async function earlierVersions(client: string, prefix: string, name: string): Promise<readonly string[]> {
  const found = await readdir(fixturesOf(client), { withFileTypes: true }).catch(() => []);
  const folders = found.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return folders.filter((other) => other.startsWith(prefix) && other !== name);
}
