import {
  checkSettings,
  InvalidArgumentError,
  isPlainObject,
  programRow,
  sshRows,
  type AnyRows,
  type TextRow,
} from '@quiesce/command';
import { checkLocalPath, checkRemotePath } from './paths.js';
import { checkText } from './patterns.js';
import type { RsyncDaemonRemote, RsyncEndpoint, RsyncRemote, RsyncSshRemote } from './remote.js';

const remotePath: TextRow = { kind: 'text', check: checkRemotePath, sample: '/data/' };
const text = (expected: string, pattern: RegExp, sample: string): TextRow => ({
  kind: 'text',
  check: (argument, value) => checkText(argument, value, expected, pattern),
  sample,
});

const { path: _program, shareConnection: _share, ...sshSettings } = sshRows;
const sshRemoteRows: AnyRows = { ...sshSettings, path: { ...remotePath, required: true }, sshPath: programRow };
const daemonRows: AnyRows = {
  daemon: {
    ...text('a host name or address', /^(?:[A-Za-z0-9_.][A-Za-z0-9_.-]*|\[?[0-9A-Fa-f:.]+(?:%\w+)?\]?)$/, 'nas'),
    required: true,
  },
  user: text('a user name', /^[^\0\r\n:/@[\]-][^\0\r\n:/@[\]]*$/, 'backup'),
  port: { kind: 'integer', minimum: 1, maximum: 65_535 },
  module: { ...text('the name of a module', /^[^\0\r\n/[\]-][^\0\r\n/[\]]*$/, 'backup'), required: true },
  path: remotePath,
};

/** Whether it is a path in a module of a daemon. */
export const isDaemon = (endpoint: RsyncEndpoint): endpoint is RsyncDaemonRemote =>
  typeof endpoint === 'object' && 'daemon' in endpoint;

/** Whether it is a path that is reached with ssh. */
export const isSsh = (endpoint: RsyncEndpoint): endpoint is RsyncSshRemote =>
  typeof endpoint === 'object' && !('daemon' in endpoint);

const withUser = /^(?<user>[^:/]+)@(?<host>\[[^\]/]*\]|[^@:/[\]]+):(?!:)(?<path>[^]*)$/;
const url =
  /^rsync:\/\/(?:(?<user>[^@/]+)@)?(?<daemon>\[[^\]/]*\]|[^@:/[\]]+)(?::(?<port>\d+))?\/(?<module>[^/]+)(?:\/(?<path>[^]*))?$/i;

/** What a text says, where it says that it is on another machine. */
function parse(value: string): RsyncRemote | undefined {
  const ssh = withUser.exec(value)?.groups;
  if (ssh !== undefined) return { host: ssh['host'] ?? '', user: ssh['user'] ?? '', path: ssh['path'] ?? '' };
  const { daemon, module, path = '', port, user } = url.exec(value)?.groups ?? {};
  if (daemon === undefined || module === undefined) return undefined;
  return {
    ...{ daemon, module },
    ...(user !== undefined && { user }),
    ...(port !== undefined && { port: Number(port) }),
    ...(path !== '' && { path }),
  };
}

function checkRemote(argument: string, remote: object): RsyncRemote {
  const rows = isDaemon(remote as RsyncRemote) ? daemonRows : sshRemoteRows;
  // As options in an option, so that what is wrong is named by where it stands: `source[1].host`.
  const { [argument]: checked } = checkSettings<Record<string, object>>(
    { [argument]: { kind: 'group', rows } },
    { [argument]: remote },
  );
  return checked as RsyncRemote;
}

// As rsync itself does not take it.
const withPassword = /^(?:rsync:\/\/[^/@]*:[^/]*@|[^/@:]+:[^/]*@[^/:]+:)/i;

const hasPassword = (value: unknown): boolean => {
  if (!isPlainObject(value)) return typeof value === 'string' && withPassword.test(value);
  const { user } = value;
  return typeof user === 'string' && user.includes(':');
};

/** Checks a source or a destination. */
export function checkEndpoint(argument: string, value: unknown): RsyncEndpoint {
  if (hasPassword(value)) {
    // Not the value: an error is no place for a password.
    const [expected, what] = ['a user alone: passwordFile is for the password of a daemon', 'has a password in it'];
    throw new InvalidArgumentError({ argument, value: undefined, expected, what });
  }
  if (isPlainObject(value)) return checkRemote(argument, value);
  const given = value as string;
  const remote = typeof value === 'string' && !value.includes('\0') ? parse(given) : undefined;
  return remote === undefined ? checkLocalPath(argument, given) : checkRemote(argument, remote);
}

function sameMachine(one: RsyncEndpoint, other: RsyncEndpoint): boolean {
  const machine = (endpoint: RsyncEndpoint): string => {
    if (typeof endpoint === 'string') return '';
    const { path: _path, ...rest } = endpoint;
    return JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return machine(one) === machine(other);
}

/** Checks what to copy: all of one machine, and of one module. */
export function checkSources(argument: string, value: unknown): readonly RsyncEndpoint[] {
  if (!Array.isArray(value)) return Object.freeze([checkEndpoint(argument, value)]);
  const sources = Array.from(value as unknown[], (source, index) =>
    checkEndpoint(`${argument}[${String(index)}]`, source),
  );
  const [first] = sources;
  if (first === undefined) {
    throw new InvalidArgumentError({ argument, value, expected: 'one value or more, or to be left out' });
  }
  const other = sources.findIndex((source) => !sameMachine(first, source));
  if (other !== -1) {
    const expected = 'the machine of the first source, reached in the same way: rsync reads from one';
    throw new InvalidArgumentError({
      argument: `${argument}[${String(other)}]`,
      value: (value as unknown[])[other],
      expected,
    });
  }
  return Object.freeze(sources);
}
