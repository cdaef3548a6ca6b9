import type { ReleaseFixtures } from './fixture-files.js';
import type { Fixture, FixtureText } from './fixture.js';

/** The most lines that are shown of each side of a difference. */
const shownLines = 3;
const shownCharacters = 100;

/** Tells in lines what changed from the old fixtures to the new ones. */
export function compareFixtures(before: ReleaseFixtures, after: ReleaseFixtures): readonly string[] {
  const old = byName(before);
  const report: string[] = [];
  let same = 0;
  for (const [name, fixture] of byName(after)) {
    const previous = old.get(name);
    old.delete(name);
    const changes = previous === undefined ? undefined : differences(previous, fixture);
    if (changes === undefined) report.push(`new: ${name}`);
    else if (changes.length === 0) same += 1;
    else report.push(`changed: ${name}`, ...changes.map((line) => `  ${line}`));
  }
  report.push(...[...old.keys()].map((name) => `gone: ${name}`));
  return [...report, `same: ${same}`];
}

// A name is unique among all topics, so a case that moved to another one is no change.
function byName(fixtures: ReleaseFixtures): Map<string, Fixture> {
  return new Map([...fixtures.values()].flatMap((topic) => Object.entries(topic)));
}

function differences(old: Fixture, fixture: Fixture): readonly string[] {
  const [oldWords, words] = [JSON.stringify(old.args), JSON.stringify(fixture.args)];
  return [
    ...(oldWords === words ? [] : [...shown('-', [`args ${oldWords}`]), ...shown('+', [`args ${words}`])]),
    ...(old.exitCode === fixture.exitCode ? [] : [`exit code ${old.exitCode}, now ${fixture.exitCode}`]),
    ...linesThatDiffer('stdout', old.stdout, fixture.stdout),
    ...linesThatDiffer('stderr', old.stderr, fixture.stderr),
  ];
}

function linesThatDiffer(what: string, old: FixtureText, text: FixtureText): readonly string[] {
  const [before, after] = [linesOf(old), linesOf(text)];
  while (before.length > 0 && after.length > 0 && before[0] === after[0]) [before, after].map((lines) => lines.shift());
  while (before.length > 0 && after.length > 0 && before.at(-1) === after.at(-1))
    [before, after].map((lines) => lines.pop());
  if (before.length + after.length === 0) return [];
  return [`${what}:`, ...shown('-', before), ...shown('+', after)];
}

function linesOf(text: FixtureText): string[] {
  return typeof text === 'string'
    ? text.split(/(?<=\n)/).map((line) => JSON.stringify(line))
    : [`base64 ${text.base64}`];
}

function shown(sign: string, lines: readonly string[]): readonly string[] {
  const cut = (line: string): string => (line.length > shownCharacters ? `${line.slice(0, shownCharacters)}…` : line);
  const rest = lines.length - shownLines;
  return [
    ...lines.slice(0, shownLines).map((line) => `${sign} ${cut(line)}`),
    ...(rest > 0 ? [`${sign} and ${rest} lines more`] : []),
  ];
}
