import { defaultRelease, isRelease, releases, type Release } from './release.js';

/** What `npm run lab` can do. */
export type Action = 'up' | 'down' | 'reset' | 'ssh' | 'status' | 'install' | 'record';

/** A command line of `npm run lab`, understood. */
export interface LabCommandLine {
  readonly action: Action;
  readonly name: string;
  readonly release: Release;
  /** For `ssh`: the words to run in the lab; none for a shell. */
  readonly words: readonly string[];
  /** For `record`: the client whose fixtures are recorded. */
  readonly client?: string;
  /** For `record`: the only topic of it, where not all are recorded. */
  readonly topic?: string;
}

/** How it is used. */
export const usage: string = [
  `usage: npm run lab -- up | down | reset | status | install [--name NAME] [--release ${releases.join(' | ')}]`,
  '       npm run lab -- ssh [--name NAME] [--] [COMMAND…]',
  `       npm run lab -- record CLIENT [TOPIC] --release ${releases.join(' | ')} [--name NAME]`,
  '',
  '  up       starts a lab, building what is not in the cache; it stays until `down`',
  '  down     stops it and removes its files',
  '  reset    puts it back to where it started',
  '  ssh      runs a command in it as root, or opens a shell',
  '  status   lists the labs that run',
  '  install  installs the packages that a lab needs of this host, or names them to who is not root',
  "  record   runs the scenarios of a client's tests in a lab that is up, and writes its fixtures",
  '',
  '  --name NAME        which lab, when there are several (default: default)',
  `  --release RELEASE  the Debian release inside (default: ${defaultRelease})`,
  '',
].join('\n');

/** The words can't be understood. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}

const actions: readonly string[] = ['up', 'down', 'reset', 'ssh', 'status', 'install', 'record'] satisfies Action[];

/**
 * Understands the words after `npm run lab --`.
 *
 * @throws {@link UsageError}
 */
export function parseCommandLine(words: readonly string[]): LabCommandLine {
  const [action = '', ...rest] = words;
  if (!isAction(action)) throw new UsageError(action === '' ? 'what to do?' : `unknown word: ${action}`);
  let name = 'default';
  let release: Release = defaultRelease;
  const client = action === 'record' ? takeClient(rest) : {};
  while (rest.length > 0) {
    const [word = ''] = rest;
    if (action === 'ssh' && !/^--(name|release)(=|$)/.test(word)) {
      return { action, name, release, words: word === '--' ? rest.slice(1) : rest };
    }
    const { option, value } = takeOption(rest);
    if (option === 'name') name = value;
    else if (isRelease(value)) release = value;
    else throw new UsageError(`unknown release: ${value}`);
  }
  return { action, name, release, words: [], ...client };
}

function takeClient(words: string[]): { client: string; topic?: string } {
  const client = words.shift();
  if (client === undefined || client.startsWith('-')) throw new UsageError('which client?');
  const topic = words[0]?.startsWith('-') === false ? words.shift() : undefined;
  return { client, ...(topic !== undefined && { topic }) };
}

function isAction(word: string): word is Action {
  return actions.includes(word);
}

/** Takes `--option value` or `--option=value` off the front of the words. */
function takeOption(words: string[]): { option: 'name' | 'release'; value: string } {
  const word = words.shift() ?? '';
  const [, option, inlineValue] = /^--(name|release)(?:=(.*))?$/s.exec(word) ?? [];
  if (option === undefined) throw new UsageError(`unknown word: ${word}`);
  const value = inlineValue ?? words.shift();
  if (value === undefined || value === '') throw new UsageError(`--${option} needs a value`);
  return { option: option as 'name' | 'release', value };
}
