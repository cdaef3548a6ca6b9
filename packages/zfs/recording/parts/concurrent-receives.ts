import type { Case } from '@quiesce/lab/scenario';
import { pool } from './spare-pool.js';

const busy = `${pool}/busy`;
const feeder = '/tmp/quiesce-recording/feeder.pid';

/** Shell that begins to receive, and waits for the rest of the stream. */
const beginReceive = (words: string, stream: string): string => `
  sh -c 'head -c 1000000 ${stream}; echo $$ >${feeder}; exec sleep 600' 2>/dev/null |
    zfs receive ${words} ${busy} >/dev/null 2>&1 &
  until [ -s ${feeder} ]; do sleep 0.1; done
  sleep 2
`;

/** Shell that lets it end, without the rest. */
export const endReceive: string = String.raw`
  if [ -s ${feeder} ]; then kill "$(cat ${feeder})"; fi
  while pgrep -f '^zfs receive .*${busy}' >/dev/null; do sleep 0.2; done
  rm -f ${feeder}
`;

/** What one is told that receives where another receive has not ended. */
export const concurrent: readonly Case[] = [
  {
    name: 'busy receive',
    before: beginReceive('-u', 'whole'),
    script: `zfs receive -u -F -- ${busy} <whole`,
  },
  { name: 'exists receive running', script: `zfs receive -u -s -- ${busy} <whole` },
  {
    name: 'unfinished receive running',
    before: `${endReceive}${beginReceive('-u -s', 'whole')}`,
    script: `zfs send -t $(zfs get -Hp -o value receive_resume_token ${busy}) | zfs receive -u -s -- ${busy}`,
  },
  { name: 'busy abort receive', args: ['receive', '-A', '--', busy] },
  {
    name: 'busy receive increment',
    before: `
      ${endReceive}
      zfs receive -A ${busy}
      zfs receive -u ${busy} <whole
      ${beginReceive('-u', 'increment12')}
    `,
    script: `zfs receive -u -s -- ${busy} <increment12`,
  },
  {
    name: 'unfinished receive increment running',
    before: `${endReceive}${beginReceive('-u -s', 'increment12')}`,
    script: `zfs receive -u -s -- ${busy} <increment12`,
  },
  {
    name: 'no stream receive rest again',
    before: `
      ${endReceive}
      zfs receive -s -u ${pool}/again <torn || true
      zfs send -t $(zfs get -Hp -o value receive_resume_token ${pool}/again) >rest
      zfs receive -s -u ${pool}/again <rest
    `,
    script: `zfs receive -s -u -- ${pool}/again <rest`,
  },
  {
    // What is there already is passed over.
    name: 'receive increment twice',
    before: `
      ${endReceive}
      zfs receive -A ${busy}
      zfs receive -u ${busy} <increment12
    `,
    script: `zfs receive -u -s -- ${busy} <increment12`,
  },
];
