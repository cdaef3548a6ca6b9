import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TopicFixtures } from './fixture.js';

/** What was recorded on one release, by topic. */
export type ReleaseFixtures = ReadonlyMap<string, TopicFixtures>;

const topicFile = /^([^.].*)\.json$/;

/** Reads the fixtures in a folder: none when there is no folder. */
export async function readFixtures(folder: string): Promise<ReleaseFixtures> {
  const files = await readdir(folder).catch(() => []);
  const topics = files.map((file) => topicFile.exec(file)?.[1]).filter((topic) => topic !== undefined);
  const read = async (topic: string): Promise<[string, TopicFixtures]> => {
    const text = await readFile(path.join(folder, `${topic}.json`), 'utf8');
    return [topic, JSON.parse(text) as TopicFixtures];
  };
  return new Map(await Promise.all(topics.sort().map(read)));
}

/**
 * Writes the fixtures of a release in place of those in its folder. Nothing there changes before
 * all of the new ones are on the disk.
 */
export async function writeFixtures(folder: string, fixtures: ReleaseFixtures): Promise<void> {
  await mkdir(folder, { recursive: true });
  const unfinished = (topic: string): string => path.join(folder, `.${topic}.new`);
  try {
    for (const [topic, recorded] of fixtures) {
      await writeFile(unfinished(topic), `${JSON.stringify(recorded, undefined, 2)}\n`);
    }
    for (const topic of fixtures.keys()) await rename(unfinished(topic), path.join(folder, `${topic}.json`));
  } finally {
    for (const topic of fixtures.keys()) await rm(unfinished(topic), { force: true });
  }
  const gone = [...(await readFixtures(folder)).keys()].filter((topic) => !fixtures.has(topic));
  for (const topic of gone) await rm(path.join(folder, `${topic}.json`));
}
