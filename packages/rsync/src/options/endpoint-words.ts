import { InvalidArgumentError, quoteWord, sshArguments } from '@quiesce/command';
import { isDaemon, isSsh } from './endpoints.js';
import type { RsyncDaemonRemote, RsyncEndpoint, RsyncSshRemote } from './remote.js';

/** What the sources and the destination become. */
export interface EndpointWords {
  /** Options that they bring, before `--`. */
  readonly options: readonly string[];
  readonly paths: readonly string[];
}

/** rsync splits the words of the remote shell itself: a quote in quotes is doubled. */
const rshWord = (word: string): string =>
  /[ '"]/.test(word) || word === '' ? `'${word.replaceAll("'", "''")}'` : word;

const inBrackets = (host: string): string => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);

/** A path that nothing at the other end takes for an option or a home. */
const plainPath = (path: string): string => (/^[-~]/.test(path) ? `./${path}` : path);

/**
 * The rsync at the other end looks for wildcards in what it sends, part by part, and takes a
 * backslash for one that escapes only in a part that has any.
 */
const withoutWildcards = (path: string): string =>
  path
    .split('/')
    .map((part) => (/[*?[]/.test(part) ? part.replaceAll(/[\\*?[]/g, String.raw`\$&`) : part))
    .join('/');

function rsh({ path: _path, sshPath = 'ssh', ...settings }: RsyncSshRemote): string {
  // The last is the host, which rsync writes itself, and before it stands `--`.
  const words = sshArguments(settings, undefined).slice(0, -2);
  return `--rsh=${[sshPath, ...words].map(rshWord).join(' ')}`;
}

const daemonPath = ({ daemon, module, path = '', user }: RsyncDaemonRemote, quoted: (path: string) => string): string =>
  `${user === undefined ? '' : `${user}@`}${inBrackets(daemon)}::${module}/${quoted(path.replace(/^\/+/, ''))}`;

const portWords = ({ port }: RsyncDaemonRemote): readonly string[] =>
  port === undefined ? [] : [`--port=${String(port)}`];

/** A path for the shell of the other machine, by which alone it goes with the old arguments. */
const shellPath = ({ host, path }: RsyncSshRemote): string => `${inBrackets(host)}:${quoteWord(plainPath(path))}`;

/**
 * rsync holds the names that come back against what was asked for, and takes a backslash beside a
 * wildcard for another pattern than the other end does: it refuses the file (3.2.7 to 3.5.0).
 */
const isMisread = (path: string): boolean => path.includes('\\') && /[*?[\]]/.test(path);

function daemonSource(source: RsyncDaemonRemote, argument: string): string {
  const { path = '' } = source;
  if (!isMisread(path)) return daemonPath(source, withoutWildcards);
  const expected = 'a path without a backslash beside *, ?, [ or ]: rsync would refuse what comes back from a daemon';
  throw new InvalidArgumentError({ argument: `${argument}.path`, value: path, expected });
}

function sourceWords(sources: readonly RsyncEndpoint[]): EndpointWords {
  const [first = ''] = sources;
  // The protocol carries the paths, so that no shell sees them.
  if (isDaemon(first)) {
    const paths = sources.filter(isDaemon).map((source, index) => daemonSource(source, `source[${String(index)}]`));
    return { options: ['--secluded-args', ...portWords(first)], paths };
  }
  if (!isSsh(first)) return { options: [], paths: sources.filter((source) => typeof source === 'string') };
  const remotes = sources.filter(isSsh);
  if (remotes.some(({ path }) => isMisread(path))) {
    // With the old arguments it does not look at the names that come back.
    return { options: ['--old-args', rsh(first)], paths: remotes.map(shellPath) };
  }
  const paths = remotes.map(({ host, path }) => `${inBrackets(host)}:${withoutWildcards(plainPath(path))}`);
  return { options: ['--secluded-args', rsh(first)], paths };
}

function destinationWords(destination: RsyncEndpoint): EndpointWords {
  if (isDaemon(destination)) {
    const { path } = destination;
    if (path !== undefined && /[*?[]/.test(path)) {
      const expected = 'a path without *, ? and [: a daemon takes them for wildcards where it writes';
      throw new InvalidArgumentError({ argument: 'destination.path', value: path, expected });
    }
    return {
      options: ['--secluded-args', ...portWords(destination)],
      paths: [daemonPath(destination, (text) => text)],
    };
  }
  if (!isSsh(destination)) return { options: [], paths: [destination] };
  // The rsync that receives takes wildcards for such even if they are escaped, when nothing fits
  // them. A shell does not, and the words for it are ours with the old arguments. What those are
  // trusted with, names that come back, is nothing here: this end sends.
  return { options: ['--old-args', rsh(destination)], paths: [shellPath(destination)] };
}

/** An option of {@link RsyncOptions.remoteOptions} for a shell; rsync wants to see its dash. */
export const remoteOptionWord = (option: string): string => `-${quoteWord(option.slice(1))}`;

/** The words of the sources and the destination, of which one may be on another machine. */
export function endpointWords(sources: readonly RsyncEndpoint[], destination?: RsyncEndpoint): EndpointWords {
  const from = sourceWords(sources);
  const to = destination === undefined ? { options: [], paths: [] } : destinationWords(destination);
  if (from.options.length > 0 && to.options.length > 0) {
    const expected = 'a local path: the source is on another machine already, and rsync copies from or to one';
    throw new InvalidArgumentError({ argument: 'destination', value: destination, expected });
  }
  return { options: [...from.options, ...to.options], paths: [...from.paths, ...to.paths] };
}

/** Options whose words the protocol carries, or nobody but the rsync here reads. */
const staysHere = /^--(?:filter|include|exclude|include-from|exclude-from|files-from|rsh|rsync-path)=/;

/** rsync escapes a line break for a remote shell by a backslash, and the shell drops both. */
export function requireOneLine(words: readonly string[]): void {
  const broken = words.find((word) => word.includes('\n') && !staysHere.test(word));
  if (broken === undefined) return;
  const expected = 'no line break in what a remote shell gets: only source and destination may have them';
  throw new InvalidArgumentError({ argument: 'options', value: broken, expected });
}
