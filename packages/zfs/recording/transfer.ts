import type { Case, Scenario } from '@quiesce/lab/scenario';
import { concurrent, endReceive } from './parts/concurrent-receives.js';
import { createPool, destroyPool, pool } from './parts/spare-pool.js';

const source = `${pool}/source`;
const copy = `${pool}/copy`;
const receive = (words: string, stream: string): string => `zfs receive ${words} <${stream}`;

const size = (name: string, ...words: readonly string[]): Case => ({ name, args: ['send', '-nvP', ...words] });

const sent: readonly Case[] = [
  size('send size', '--', `${source}@1`),
  size('send size increment', '-i', `${source}@1`, '--', `${source}@2`),
  size('send size intermediates', '-I', `${source}@1`, '--', `${source}@3`),
  size('send size from bookmark', '-i', `${source}#1`, '--', `${source}@2`),
  size('send size replicate', '-R', '--', `${source}@3`),
  size('send size with all flags', '-w', '-c', '-L', '-e', '-p', '-b', '-h', '--', `${source}@1`),
  size('not found send', '--', `${source}@no`),
  size('not found send increment', '-i', `${source}@no`, '--', `${source}@2`),
  size('no source send later', '-i', `${source}@2`, '--', `${source}@1`),
  size('no source send bookmark', '-i', `${source}#no`, '--', `${source}@2`),
  size('no source send other dataset', '-i', `${pool}/other@1`, '--', `${source}@2`),
  size('bad token send', '-t', '1-abc'),
  { name: 'permission send', user: 'nobody', args: ['send', '--', `${source}@1`] },
];

const received: readonly Case[] = [
  { name: 'torn receive', script: receive(`-- ${copy}`, 'torn') },
  { name: 'torn receive resumable', script: receive(`-s -- ${copy}`, 'torn') },
  { name: 'send size of the rest', script: `zfs send -nvP -t $(zfs get -Hp -o value receive_resume_token ${copy})` },
  { name: 'exists receive', script: receive(`-- ${copy}`, 'whole') },
  { name: 'unfinished receive', script: receive(`-s -F -- ${copy}`, 'whole') },
  { name: 'bad token send size saved', args: ['send', '-nvP', '--saved', '--', copy] },
  { name: 'abort receive', args: ['receive', '-A', '--', copy] },
  { name: 'not found abort receive', args: ['receive', '-A', '--', `${pool}/no`] },
  { name: 'receive', script: receive(`-u -o mountpoint=none -x compression -- ${copy}`, 'whole') },
  { name: 'no state abort receive', args: ['receive', '-A', '--', copy] },
  { name: 'exists receive snapshots', script: receive(`-F -- ${copy}`, 'whole') },
  {
    name: 'exists receive clone',
    before: `zfs clone ${source}@1 ${pool}/clone`,
    script: receive(`-F -- ${pool}/clone`, 'whole'),
  },
  { name: 'no source receive', script: receive(`-- ${copy}`, 'increment23') },
  { name: 'receive increment', script: receive(`-- ${copy}`, 'increment12') },
  {
    name: 'modified receive',
    before: `
      zfs set mountpoint=/${copy} ${copy}
      zfs mount ${copy} 2>/dev/null || true
      touch /${copy}/changed
      sync -f /${copy}
    `,
    script: receive(`-- ${copy}`, 'increment23'),
  },
  { name: 'torn receive increment', script: receive(`-s -F -- ${copy}`, 'torn23') },
  {
    name: 'bad token send without source',
    before: `zfs get -Hp -o value receive_resume_token ${copy} >token; zfs destroy ${source}@2`,
    script: 'zfs send -nvP -t $(cat token)',
  },
  { name: 'not found receive destination', script: receive(`-- ${pool}/no`, 'increment23') },
  { name: 'not found receive parent', script: receive(`-- ${pool}/no/copy`, 'whole') },
  { name: 'not found receive pool', script: receive('-- nopool/copy', 'whole') },
  { name: 'no stream receive', script: receive(`-- ${pool}/new`, '/etc/passwd') },
  { name: 'torn receive of nothing', script: receive(`-- ${pool}/new`, '/dev/null') },
  { name: 'permission receive', user: 'nobody', script: receive(`-- ${pool}/new`, 'whole') },
  { name: 'property receive', script: receive(`-o foo=bar -- ${pool}/new`, 'whole') },
  {
    name: 'space receive',
    before: `zfs create -o quota=2M ${pool}/small`,
    script: receive(`-- ${pool}/small/copy`, 'whole'),
  },
];

/** What keys and encryption have to do with it. */
const secret = `${pool}/secret`;
const encrypted: readonly Case[] = [
  {
    name: 'encryption receive raw increment',
    before: `
      printf 'a passphrase' >key
      zfs create -o encryption=on -o keyformat=passphrase -o keylocation=file://$PWD/key ${secret}
      zfs snapshot ${secret}@1
      zfs snapshot ${secret}@2
      zfs snapshot ${secret}@3
      zfs send ${secret}@1 | zfs receive -u ${pool}/plain
      zfs receive -u ${secret}/copy <whole
      zfs send -w ${secret}@1 >raw
    `,
    script: `zfs send -w -i @1 ${secret}@2 | zfs receive -u -F -- ${pool}/plain`,
  },
  {
    name: 'encryption receive over plain',
    before: `zfs create ${pool}/empty`,
    script: receive(`-u -F -- ${pool}/empty`, 'raw'),
  },
  {
    name: 'encryption receive over encrypted',
    before: `zfs create ${secret}/empty`,
    script: receive(`-u -F -- ${secret}/empty`, 'whole'),
  },
  {
    // From then on it can have no raw ones any more.
    name: 'receive increment onto raw',
    before: `
      zfs receive -u ${pool}/raw <raw
      zfs load-key -L file://$PWD/key ${pool}/raw
    `,
    script: `zfs send -i @1 ${secret}@2 | zfs receive -u -- ${pool}/raw`,
  },
  {
    name: 'encryption receive raw increment onto changed',
    script: `zfs send -w -i @2 ${secret}@3 | zfs receive -u -- ${pool}/raw`,
  },
  {
    name: 'key not loaded send',
    before: `zfs unmount ${secret}; zfs unload-key -r ${secret}`,
    args: ['send', '--', `${secret}@1`],
  },
  { name: 'key not loaded send increment', args: ['send', '-i', `${secret}@1`, '--', `${secret}@2`] },
  {
    // One release calls it a success, of a stream without an end.
    name: 'key not loaded send intermediates',
    script: `zfs send -I ${secret}@1 -- ${secret}@2 >part; code=$?; wc -c <part; exit $code`,
  },
  { name: 'receive of what could not be sent', script: receive(`-u -F -- ${pool}/raw`, 'part') },
  { name: 'key not loaded receive', script: receive(`-u -- ${secret}/new`, 'whole') },
  { name: 'key not loaded receive increment', script: receive(`-u -- ${secret}/copy`, 'increment12') },
];

export const scenario: Scenario = {
  program: 'zfs',
  setUp: `
    ${createPool}
    zfs create ${source}
    zfs create ${pool}/other
    zfs snapshot ${pool}/other@1
    for number in 1 2 3; do
      head -c 3M /dev/urandom >/${source}/$number
      zfs snapshot ${source}@$number
    done
    zfs bookmark ${source}@1 ${source}#1
    zfs send ${source}@1 >whole
    zfs send -i @1 ${source}@2 >increment12
    zfs send -i @2 ${source}@3 >increment23
    head -c 2000000 whole >torn
    head -c 2000000 increment23 >torn23
    chmod o+rx .
    chmod o+r whole
  `,
  cases: [...sent, ...received, ...encrypted, ...concurrent],
  tearDown: `
    ${endReceive}
    ${destroyPool}
  `,
};
