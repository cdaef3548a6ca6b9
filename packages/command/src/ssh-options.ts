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

function requireMatch(argument: string, value: string, pattern: RegExp, expected: string): void {
  if (value.startsWith('-') || !pattern.test(value)) throw new InvalidArgumentError({ argument, value, expected });
}

/** ssh expands `%` in these paths. */
const literal = (path: string): string => path.replaceAll('%', '%%');

/** The arguments of `ssh` up to the host; the command's words come after. */
export function sshArguments(options: SshOptions, controlPath: string | undefined): string[] {
  const { host, user, port, identityFile, knownHostsFile, configurationFile, connectTimeoutMs = 10_000 } = options;
  requireMatch('host', host, hostName, 'a host name or address that does not begin with -');
  if (user !== undefined) requireMatch('user', user, userName, 'a user name that does not begin with -');
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
    throw new InvalidArgumentError({ argument: 'port', value: port, expected: 'a port from 1 to 65535' });
  }
  for (const [argument, value] of Object.entries({ identityFile, knownHostsFile, configurationFile })) {
    if (value !== undefined) requireMatch(argument, value, filePath, 'a path without quotes and line breaks');
  }
  const given = Object.entries(options.options ?? {});
  for (const [name] of given) requireMatch('options', name, optionName, 'names of ssh_config options');
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
