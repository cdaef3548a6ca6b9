import { programRow } from './arguments/check-client-options.js';
import type { AnyRows, TextRow } from './arguments/rows.js';
import { InvalidArgumentError } from './errors.js';

/**
 * How {@link sshTransport} reaches the other machine. Everything left out is as `ssh` and its
 * configuration have it.
 */
export interface SshOptions {
  /** Host name, address, or an alias of the ssh configuration. */
  readonly host: string;
  /** User to log in as. */
  readonly user?: string;
  /** Port of the server. */
  readonly port?: number;
  /** File with the private key. */
  readonly identityFile?: string;
  /** File with the host keys that are trusted, in place of the user's. */
  readonly knownHostsFile?: string;
  /** Configuration file in place of the user's and the system's. */
  readonly configurationFile?: string;
  /**
   * Further options as in `ssh_config(5)`: `{ ProxyJump: 'gate' }`. They win over the ones that are
   * set here.
   */
  readonly options?: Readonly<Record<string, string>>;
  /**
   * Milliseconds to wait for a connection, in whole seconds rounded up.
   * @default 10000
   */
  readonly connectTimeoutMs?: number;
  /**
   * One connection for many commands. Commands start in milliseconds then.
   * @default true
   */
  readonly shareConnection?: boolean;
  /**
   * The ssh program.
   * @default 'ssh'
   */
  readonly path?: string;
}

const optionName = /^[A-Za-z][A-Za-z0-9]*$/;
const hostName = /^[A-Za-z0-9_.:%[\]-]+$/;
const filePath = /^[^"\r\n]+$/;
const userName = /^[A-Za-z0-9_.@+\\$-]+$/;

function checkHost(argument: string, value: string): string {
  const refuse = (expected: string): never => {
    throw new InvalidArgumentError({ argument, value, expected });
  };
  if (value.includes('@')) refuse('a host alone: the user is the option user');
  if (/^[^:]+:\d+$/.test(value)) refuse('a host alone: the port is the option port');
  const expected = 'a host name or address that does not begin with -';
  return value.startsWith('-') || !hostName.test(value) ? refuse(expected) : value;
}

function requireMatch(argument: string, value: string, pattern: RegExp, expected: string): string {
  if (value.startsWith('-') || !pattern.test(value)) throw new InvalidArgumentError({ argument, value, expected });
  return value;
}

const checkUser = (argument: string, value: string): string =>
  requireMatch(argument, value, userName, 'a user name that does not begin with -');
const checkFile = (argument: string, value: string): string =>
  requireMatch(argument, value, filePath, 'a path without quotes and line breaks');
const checkName = (argument: string, value: string): string =>
  requireMatch(argument, value, optionName, 'names of ssh_config options');

function checkValue(argument: string, value: string): string {
  if (!/[\0\r\n]/.test(value)) return value;
  throw new InvalidArgumentError({ argument, value, expected: 'a value on one line' });
}

const fileRow: TextRow = { kind: 'text', check: checkFile, sample: '/etc/ssh/key' };

/** What each of {@link SshOptions} has to be. */
export const sshRows: AnyRows = {
  host: { kind: 'text', check: checkHost, sample: 'nas', required: true },
  user: { kind: 'text', check: checkUser, sample: 'backup' },
  port: { kind: 'integer', minimum: 1, maximum: 65_535 },
  identityFile: fileRow,
  knownHostsFile: fileRow,
  configurationFile: fileRow,
  options: {
    kind: 'record',
    name: { kind: 'text', check: checkName, sample: 'ProxyJump' },
    value: { kind: 'text', check: checkValue, sample: 'gate' },
    mayBeEmpty: true,
  },
  connectTimeoutMs: { kind: 'integer', minimum: 1 },
  shareConnection: { kind: 'flag' },
  path: programRow,
};

/** ssh expands `%` in these paths. */
const literal = (path: string): string => path.replaceAll('%', '%%');

/** The arguments of `ssh` up to the host; the command's words come after. */
export function sshArguments(options: SshOptions, controlPath: string | undefined): string[] {
  const { host, user, port, identityFile, knownHostsFile, configurationFile, connectTimeoutMs = 10_000 } = options;
  const given = Object.entries(options.options ?? {});
  const settings = [
    // ssh takes the first value that it sees, so what the caller gave comes first.
    ...given.map(([name, value]) => `${name}=${value}`),
    'BatchMode=yes',
    `ConnectTimeout=${String(Math.max(1, Math.ceil(connectTimeoutMs / 1000)))}`,
    // A dead link is noticed after 15 seconds.
    'ServerAliveInterval=5',
    'ServerAliveCountMax=3',
    'LogLevel=ERROR',
    'ForwardX11=no',
    'ForwardAgent=no',
    'EscapeChar=none',
    ...(identityFile === undefined ? [] : [`IdentityFile="${literal(identityFile)}"`, 'IdentitiesOnly=yes']),
    ...(knownHostsFile === undefined
      ? []
      : [`UserKnownHostsFile="${literal(knownHostsFile)}"`, 'GlobalKnownHostsFile=/dev/null']),
    ...(controlPath === undefined
      ? ['ControlMaster=no', 'ControlPath=none']
      : ['ControlMaster=auto', `ControlPath="${literal(controlPath)}"`, 'ControlPersist=60']),
  ];
  return [
    ...(configurationFile === undefined ? [] : ['-F', configurationFile]),
    '-T',
    ...settings.flatMap((setting) => ['-o', setting]),
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    '--',
    host,
  ];
}
