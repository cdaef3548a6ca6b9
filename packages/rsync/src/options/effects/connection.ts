import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RsyncConnectionOptions } from '../connection.js';
import { all, type Effect, type Effects, type Place } from './effect.js';
import { has, text } from './files.js';

const push = ({ remote, to }: Place) => ({ ...all, destination: remote(to('/')) });
const toDaemon = ({ daemon, from, passwordFile }: Place) => ({
  ...{ source: from('noise'), destination: daemon, passwordFile },
});
const note = ({ to }: Place, name: string): string => join(dirname(to()), name);
const noted = (place: Place, name: string): string => (existsSync(note(place, name)) ? text(note(place, name)) : '');
/** Whether the kernel looks after a connection to the daemon that is silent. */
const isKeptAlive = ({ daemon: { port } }: Place): boolean => {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')} 01 `;
  return text('/proc/net/tcp')
    .split('\n')
    .some((line) => line.includes(end) && / 02:[0-9A-F]{8} /.test(line));
};
const ipWord = (option: string): Pick<Effect, 'kind' | 'along' | 'seen'> => ({
  // Of the remote shell.
  kind: 'words',
  along: push,
  seen: (_, { words }) => words.split('\n').includes(option),
});

/** Effects of `RsyncConnectionOptions`. */
export const connectionEffects: Effects<RsyncConnectionOptions> = {
  rsyncPath: {
    prepare: ({ own }) =>
      writeFileSync(own('another'), '#!/bin/sh\ntouch "$0.ran"\nexec rsync "$@"\n', { mode: 0o755 }),
    along: push,
    options: ({ own }) => ({ rsyncPath: own('another') }),
    seen: ({ own, to }) => existsSync(own('another.ran')) && existsSync(to('file')),
  },
  remoteOptions: {
    along: push,
    options: ({ own }) => ({ remoteOptions: `--log-file=${own('log')}` }),
    seen: ({ own }) => existsSync(own('log')),
  },
  trustSender: {
    kind: 'outcome',
    // The other end sends `there/file`, and `file` was asked for.
    prepare: ({ to }) => {
      mkdirSync(to('there'));
      writeFileSync(to('there/file'), 'x');
    },
    along: ({ remote }) => ({ ...all, dryRun: true, source: remote('there/file'), remoteOptions: '--relative' }),
    options: { trustSender: true },
    seen: (_, { error }) => error === undefined,
  },
  passwordFile: {
    along: ({ daemon, from }) => ({ source: from('noise'), destination: daemon }),
    options: ({ passwordFile }) => ({ passwordFile }),
    seen: ({ moduleFolder }, { error }) => error === undefined && readdirSync(moduleFolder).includes('noise'),
  },
  earlyInput: {
    prepare: ({ own }) => writeFileSync(own('early'), 'hello'),
    along: toDaemon,
    options: ({ own }) => ({ earlyInput: own('early') }),
    seen: (place) => has(note(place, 'early'), 'hello'),
  },
  address: {
    along: toDaemon,
    options: { address: '127.0.0.2' },
    seen: (place) => noted(place, 'address') === '127.0.0.2',
  },
  sockopts: {
    kind: 'process',
    along: (place) => ({
      ...toDaemon(place),
      ignoreTimes: true,
      wholeFile: true,
      bandwidthLimitBytesPerSecond: 204_800,
    }),
    options: { sockopts: 'SO_KEEPALIVE' },
    during: isKeptAlive,
    seen: (_, { met }) => met,
  },
  ipv4: { ...ipWord('-4'), options: { ipv4: true } },
  ipv6: { ...ipWord('-6'), options: { ipv6: true } },
  blockingIo: {
    kind: 'process',
    along: push,
    options: { blockingIo: true },
    // O_NONBLOCK of what the remote shell writes to.
    seen: (place) => !/^flags:.*4\d{3}$/m.test(noted(place, 'output')),
  },
  protocol: {
    kind: 'output',
    along: { ...all, extraArguments: ['--debug=proto'] },
    options: { protocol: 30 },
    seen: (_, { said }) => said.includes('negotiated=30'),
  },
  iconv: {
    prepare: ({ own }) => writeFileSync(own('é'), 'x'),
    along: (place) => ({ ...push(place), source: place.own('é') }),
    options: { iconv: 'utf8,iso88591' },
    seen: ({ to }) => readdirSync(to(), 'buffer').some((name) => name.equals(Buffer.from([0xe9]))),
  },
};
