import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { createCommand, localTransport } from '@quiesce/command';
import { ConnectionError, RsyncError } from '../../errors.js';
import type { RsyncLimitsOptions } from '../limits.js';
import { all, type Effects } from './effect.js';

/** What can't be seen in less than a minute. */
export type TimeLimits = 'stopAfterMinutes' | 'stopAt';

// As many as wait already are all that may: the next one gets no answer.
const full = `
  my $listening = IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1") or die;
  my $address = "127.0.0.1:" . $listening->sockport;
  my @waiting = map { IO::Socket::INET->new(PeerAddr => $address, Blocking => 0) } 1 .. 4;
  open my $file, ">", "$ARGV[0].new" or die;
  print $file $listening->sockport;
  close $file;
  rename "$ARGV[0].new", $ARGV[0];
  sleep 10;`;

/** Listens for some seconds where no connection is accepted, and writes the port into a file. */
async function listenWithoutAnswer(file: string): Promise<void> {
  const words = ['-MIO::Socket::INET', '-e', full, file];
  const { stderr, stdin, stdout } = localTransport().start(createCommand('perl', words, { stop: 'kill' }));
  stdin.end();
  for (const stream of [stdout, stderr]) stream.resume();
  for (let look = 0; look < 200 && !existsSync(file); look += 1) await delay(50);
}

/** Effects of `RsyncLimitsOptions`. */
export const limitsEffects: Effects<Omit<RsyncLimitsOptions, TimeLimits>> = {
  bandwidthLimitBytesPerSecond: {
    kind: 'outcome',
    along: ({ from }) => ({ source: from('noise') }),
    options: { bandwidthLimitBytesPerSecond: 102_400 },
    seen: (_, { durationMs }) => durationMs > 1_900,
  },
  ioTimeoutSeconds: {
    kind: 'outcome',
    prepare: ({ own }) => writeFileSync(own('hangs'), '#!/bin/sh\nexec sleep 3\n', { mode: 0o755 }),
    along: ({ from, own, remote }) => ({ ...all, source: remote(from('/')), rsyncPath: own('hangs') }),
    options: { ioTimeoutSeconds: 1 },
    seen: (_, { error }) => error instanceof ConnectionError && error.exitCode === 30,
  },
  connectTimeoutSeconds: {
    kind: 'outcome',
    prepare: ({ own }) => listenWithoutAnswer(own('port')),
    along: ({ own }) => {
      const port = Number(readFileSync(own('port'), 'utf8'));
      return { source: { daemon: '127.0.0.1', port, module: 'none' }, timeoutMs: 3000 };
    },
    options: { connectTimeoutSeconds: 1 },
    seen: (_, { error }) => error instanceof ConnectionError && error.exitCode === 35,
  },
  maxAllocBytes: {
    kind: 'outcome',
    // The sums of its blocks have no room.
    prepare: ({ own, to }) => {
      for (const path of [own('f'), to('f')]) {
        writeFileSync(path, '');
        truncateSync(path, 40 * 2 ** 20);
      }
    },
    along: ({ own }) => ({ source: own('f'), wholeFile: false, ignoreTimes: true, blockSizeBytes: 512 }),
    options: { maxAllocBytes: 2 ** 20 },
    seen: (_, { error }) => error instanceof RsyncError && error.exitCode === 22,
  },
};
