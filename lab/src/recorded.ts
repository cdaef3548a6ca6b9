import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bytesOf, type FixtureText, type TopicFixtures } from './record/fixture.js';

/** A client that outputs were recorded of. */
export type RecordedClient = 'virsh' | 'lvm' | 'zfs' | 'rsync';

/** One command that was run for real. */
export interface Recorded {
  readonly args: readonly string[];
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One command that was run for real, with the exact bytes that it printed. */
export interface RecordedBytes {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));
const debianNumbers = { trixie: 13, bookworm: 12 } as const;

const fixturesOf = (client: string): string => `${packages}${client}/src/__fixtures__/`;

/** The releases that a client was recorded on, as `debian-13-zfs-2.3.9`, the newest first. */
export function releases(client: RecordedClient): readonly string[] {
  return readdirSync(fixturesOf(client)).sort().reverse();
}

/** The one of {@link releases} that has this release of Debian. */
export function releaseOn(client: RecordedClient, debian: keyof typeof debianNumbers): string {
  const found = releases(client).find((release) => release.startsWith(`debian-${debianNumbers[debian]}-`));
  if (found === undefined) throw new Error(`${client} was not recorded on ${debian}`);
  return found;
}

/** All that was recorded on a release, by name. */
export function allRecorded(release: string): Readonly<Record<string, Recorded>> {
  return Object.fromEntries(Object.keys(fixtures(release)).map((name) => [name, recorded(release, name)]));
}

/** One command that was recorded on a release, by its name in the client's scenarios. */
export function recorded(release: string, name: string): Recorded {
  const { stdout, stderr, ...found } = find(release, name);
  const text = (printed: FixtureText): string => bytesOf(printed).toString('utf8');
  return { ...found, stdout: text(stdout), stderr: text(stderr) };
}

/** The same in bytes, for what is not all UTF-8. */
export function recordedBytes(release: string, name: string): RecordedBytes {
  const { exitCode, stdout, stderr } = find(release, name);
  return { exitCode, stdout: bytesOf(stdout), stderr: bytesOf(stderr) };
}

function find(release: string, name: string): TopicFixtures[string] {
  const found = fixtures(release)[name];
  if (found === undefined) throw new Error(`${name} was not recorded on ${release}`);
  return found;
}

function fixtures(release: string): TopicFixtures {
  const client = /^debian-\d+-([a-z]+)-/.exec(release)?.[1] ?? '';
  const folder = `${fixturesOf(client)}${release}/`;
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const topics = files.map((file) => JSON.parse(readFileSync(folder + file, 'utf8')) as TopicFixtures);
  return Object.assign({}, ...topics) as TopicFixtures;
}
