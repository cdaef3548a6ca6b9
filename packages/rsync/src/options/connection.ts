import type { Rows } from '@quiesce/command';
import { checkPath } from './paths.js';
import { checkRemoteOption, checkText } from './patterns.js';
import { checkRsyncPath } from './rsync-path.js';

/** How the other machine is reached, and what is run there. */
export interface RsyncConnectionOptions {
  /**
   * The program to run on the other machine, or its words: `['sudo', 'rsync']`: `--rsync-path`.
   * Every word arrives as it is. Only with another machine that is reached with ssh; of this one it
   * is `path` of {@link createRsync}.
   * @default 'rsync'
   */
  readonly rsyncPath?: string | readonly string[];
  /**
   * Options for the rsync at the other end alone, one word each, as `--log-file=/x`:
   * `--remote-option`. They are not checked, and such a run never counts as a read.
   * @default none
   */
  readonly remoteOptions?: string | readonly string[];
  /**
   * Takes for granted that the other machine sends only what was asked for: `--trust-sender`.
   * @default false
   */
  readonly trustSender?: boolean;
  /**
   * A file on the machine where rsync runs with the password for a daemon, which nobody else may
   * read: `--password-file`. Only with a daemon.
   * @default no password
   */
  readonly passwordFile?: string;
  /**
   * A file of at most 5 KiB, on the machine where rsync runs, that a daemon's `early exec` script
   * gets: `--early-input`. Only with a daemon.
   * @default none
   */
  readonly earlyInput?: string;
  /**
   * The address of this machine that connections to a daemon come from: `--address`. Only with a
   * daemon.
   * @default the system's choice
   */
  readonly address?: string;
  /**
   * Settings of connections to a daemon, as `SO_SNDBUF=65536`: `--sockopts`. Only with a
   * daemon.
   * @default none
   */
  readonly sockopts?: string | readonly string[];
  /**
   * Reaches the other machine by IPv4 where it has both: `--ipv4`.
   * @default false
   */
  readonly ipv4?: boolean;
  /**
   * Reaches the other machine by IPv6 where it has both: `--ipv6`.
   * @default false
   */
  readonly ipv6?: boolean;
  /**
   * Whether the remote shell's input and output block: `--blocking-io`, `--no-blocking-io`.
   * @default false, and true for rsh
   */
  readonly blockingIo?: boolean;
  /**
   * The newest protocol to speak, from 29 to 32: `--protocol`.
   * @default the newest that both ends know
   */
  readonly protocol?: number;
  /**
   * Character sets of names here and there, as `utf8,iso88591`, `'.'` for those of the system, or
   * `'-'` for none: `--iconv`.
   * @default `RSYNC_ICONV` of the environment that rsync runs in, else '-'
   */
  readonly iconv?: string;
}

const file = { kind: 'text', check: checkPath } as const;
const charsets = 'a character set, or two as "utf8,iso88591"';
const setting = 'a setting without commas, as "SO_SNDBUF=65536"';
const address = 'an address of this machine, as "192.0.2.1"';

/** The rows of {@link RsyncConnectionOptions}. */
export const connectionRows: Rows<RsyncConnectionOptions> = {
  rsyncPath: { kind: 'other', option: '--rsync-path=', check: checkRsyncPath, sample: '/usr/local/bin/rsync' },
  remoteOptions: {
    kind: 'one-or-many',
    option: '--remote-option=',
    each: { kind: 'text', check: checkRemoteOption, sample: '--fake-super' },
  },
  trustSender: { kind: 'flag', option: '--trust-sender', since: '3.2.5' },
  passwordFile: { ...file, guard: true, option: '--password-file=', sample: '/etc/rsync.password' },
  earlyInput: { ...file, option: '--early-input=', since: '3.2.1', sample: '/etc/rsync.early' },
  address: {
    kind: 'text',
    option: '--address=',
    check: (argument, value) => checkText(argument, value, address, /^[A-Za-z0-9_.:%-]+$/),
    sample: '127.0.0.1',
  },
  sockopts: {
    kind: 'one-or-many',
    option: '--sockopts=',
    each: {
      kind: 'text',
      check: (argument, value) => checkText(argument, value, setting, /^[A-Z][A-Z0-9_]*(?:=-?\d+)?$/),
      sample: 'SO_KEEPALIVE',
    },
    join: ',',
  },
  ipv4: { kind: 'flag', option: '--ipv4' },
  ipv6: { kind: 'flag', option: '--ipv6' },
  blockingIo: { kind: 'flag', option: '--blocking-io', off: '--no-blocking-io' },
  protocol: { kind: 'integer', option: '--protocol=', minimum: 29, maximum: 32, sample: 31 },
  iconv: {
    kind: 'text',
    option: '--iconv=',
    check: (argument, value) => checkText(argument, value, charsets, /^(?:[-.]|[A-Za-z0-9_][\w.:-]*(?:,[\w.:-]+)?)$/),
    sample: 'utf8,iso88591',
  },
};
