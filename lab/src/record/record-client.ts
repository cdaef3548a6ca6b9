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
  /**
   * The only topic to record.
   * @default all
   */
  readonly topic?: string;
}

/**
 * Records all topics of a client in a lab, or one of them, and writes its fixtures. They stay as
 * they were when anything fails. Returns what changed, in lines.
 */
export async function recordClient(client: string, options: RecordClientOptions): Promise<readonly string[]> {
  const { lab, signal, onProgress, topic } = options;
  const { release, transport } = lab;
  const scenarios = topicOf(client, await loadScenarios(client), topic);
  const name = await fixtureRelease(client, release, transport);
  const folder = path.join(fixturesOf(client), name);
  const others = await earlierVersions(client, fixtureReleasePrefix(client, release), name);
  if (topic !== undefined && others.length > 0) {
    throw new Error(`What is there is of ${others.join(', ')}, and this is ${name}: record all topics of ${client}`);
  }
  const recorded = new Map<string, TopicFixtures>();
  for (const [topic, scenario] of scenarios) {
    const record = (): Promise<TopicFixtures> => recordScenario(scenario, { transport, release, signal });
    recorded.set(topic, await inStep(onProgress, `Recording ${client} ${topic} in lab ${lab.name}`, record));
  }
  const previous = others.map((other) => path.join(fixturesOf(client), other));
  const [before = new Map<string, TopicFixtures>()] = await fixturesThere([folder, ...previous]);
  await writeFixtures(
    folder,
    topic === undefined ? recorded : new Map<string, TopicFixtures>([...before, ...recorded]),
  );
  for (const other of previous) await rm(other, { recursive: true });
  return [
    `${name}:`,
    ...others.map((other) => `in place of ${other}`),
    ...compareFixtures(topicOf<TopicFixtures>(client, before, topic, new Map()), recorded),
  ];
}

/** All topics, or the one that is asked for. */
function topicOf<Value>(
  client: string,
  topics: ReadonlyMap<string, Value>,
  topic: string | undefined,
  otherwise?: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  if (topic === undefined) return topics;
  const found = topics.get(topic);
  if (found !== undefined) return new Map([[topic, found]]);
  if (otherwise !== undefined) return otherwise;
  throw new Error(
    `There is no topic ${JSON.stringify(topic)} of ${client}. There are: ${[...topics.keys()].join(', ')}`,
  );
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
