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
export const rshWord = (word: string): string =>
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

function sourceWords(sources: readonly RsyncEndpoint[]): EndpointWords {
  const [first = ''] = sources;
  const paths = sources.map((source) => {
    if (isDaemon(source)) return daemonPath(source, withoutWildcards);
    return isSsh(source) ? `${inBrackets(source.host)}:${withoutWildcards(plainPath(source.path))}` : source;
  });
  // The protocol carries the paths, so that no shell sees them.
  if (isDaemon(first)) return { options: ['--secluded-args', ...portWords(first)], paths };
  return { options: isSsh(first) ? ['--secluded-args', rsh(first)] : [], paths };
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
  const path = quoteWord(plainPath(destination.path));
  return { options: ['--old-args', rsh(destination)], paths: [`${inBrackets(destination.host)}:${path}`] };
}

/** The words of the sources and the destination, of which one may be on another machine. */
export function endpointWords(sources: readonly RsyncEndpoint[], destination: RsyncEndpoint): EndpointWords {
  const from = sourceWords(sources);
  const to = destinationWords(destination);
  if (from.options.length > 0 && to.options.length > 0) {
    const expected = 'a local path: the source is on another machine already, and rsync copies from or to one';
    throw new InvalidArgumentError({ argument: 'destination', value: destination, expected });
  }
  return { options: [...from.options, ...to.options], paths: [...from.paths, ...to.paths] };
}
