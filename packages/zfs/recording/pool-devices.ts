import type { Case, Scenario } from '@quiesce/lab/scenario';
import { asNobody, zpool } from './parts/zpool-case.js';

const pool = 'quiesce-devices';
const single = 'quiesce-devices-single';
const files = '/var/tmp/quiesce-devices';
const file = (name: string | number): string => `${files}/f${String(name)}`;
const parameters = '/sys/module/zfs/parameters';

const mirrors: readonly Case[] = [
  zpool('zpool attach', 'attach', '-w', '--', pool, file(0), file(2)),
  zpool('too small attach', 'attach', '--', pool, file(0), file('small')),
  zpool('in use attach', 'attach', '--', pool, file(0), file(1)),
  zpool('no device attach', 'attach', '--', pool, file('no'), file(3)),
  zpool('no device attach new', 'attach', '--', pool, file(0), file('no')),
  zpool('no pool attach', 'attach', '--', 'nopool', file(0), file(3)),
  asNobody('permission attach', 'attach', '--', pool, file(0), file(3)),
  zpool('zpool detach', 'detach', '--', pool, file(2)),
  zpool('no device detach', 'detach', '--', pool, file('no')),
  zpool('no pool detach', 'detach', '--', 'nopool', file(0)),
  zpool('other detach', 'detach', '--', single, file(6)),
  zpool('zpool replace', 'replace', '-w', '--', pool, file(1), file(3)),
  zpool('too small replace', 'replace', '--', pool, file(3), file('small')),
  zpool('in use replace', 'replace', '--', pool, file(3), file(0)),
  zpool('no device replace', 'replace', '--', pool, file('no'), file(2)),
  zpool('no device replace new', 'replace', '--', pool, file(3), file('no')),
  zpool('no pool replace', 'replace', '--', 'nopool', file(0), file(3)),
];

const states: readonly Case[] = [
  zpool('zpool offline', 'offline', '-t', '--', pool, file(3)),
  zpool('no replicas offline', 'offline', '--', pool, file(0)),
  zpool('no replicas detach', 'detach', '--', pool, file(0)),
  zpool('no device offline', 'offline', '--', pool, file('no')),
  zpool('no pool offline', 'offline', '--', 'nopool', file(0)),
  asNobody('permission offline', 'offline', '--', pool, file(3)),
  zpool('zpool online', 'online', '-e', '--', pool, file(3)),
  zpool('no device online', 'online', '--', pool, file('no')),
  zpool('no pool online', 'online', '--', 'nopool', file(0)),
  { ...zpool('zpool offline fault', 'offline', '-f', '--', pool, file(3)), before: `zpool wait -t resilver ${pool}` },
  zpool('zpool online faulted', 'online', '--', pool, file(3)),
  zpool('no device clear', 'clear', '--', pool, file('no')),
  zpool('no pool clear', 'clear', '--', 'nopool'),
  asNobody('permission clear', 'clear', '--', pool),
  zpool('zpool clear', 'clear', '--', pool, file(3)),
  {
    // It forgets errors all the same.
    name: 'zpool clear rewind dry run',
    before: `
      zpool wait -t resilver ${pool}
      zpool offline -f ${pool} ${file(3)}
    `,
    script: `
      states() { zpool list -HPv -o name,health ${pool} | grep -o '${files}.*'; }
      states
      zpool clear -F -n -- ${pool}
      code=$?
      states
      exit $code
    `,
  },
  zpool('zpool reopen', 'reopen', '-n', '--', pool),
  zpool('no pool reopen', 'reopen', '--', 'nopool'),
  asNobody('permission reopen', 'reopen', '--', pool),
];

const vdevs: readonly Case[] = [
  zpool('zpool add dry run', 'add', '-n', '--', pool, 'mirror', file(4), file(5)),
  zpool('zpool add', 'add', '--', pool, 'mirror', file(4), file(5), 'log', file(7), 'spare', file(8)),
  zpool('vdev add kinds', 'add', '--', pool, file(9)),
  zpool('in use add', 'add', '--', pool, 'spare', file(6)),
  zpool('no device add', 'add', '--', pool, 'spare', file('no')),
  zpool('no pool add', 'add', '--', 'nopool', 'spare', file(9)),
  asNobody('permission add', 'add', '--', pool, 'spare', file(9)),
  zpool('zpool remove memory', 'remove', '-np', '--', pool, 'mirror-1', file(7)),
  zpool('no device remove memory', 'remove', '-np', '--', pool, 'mirror-9'),
  zpool('no pool remove memory', 'remove', '-np', '--', 'nopool', 'mirror-1'),
  zpool('zpool remove spare and log', 'remove', '--', pool, file(8), file(7)),
  zpool('no device remove', 'remove', '--', pool, file(8)),
  zpool('no pool remove', 'remove', '--', 'nopool', 'mirror-1'),
  asNobody('permission remove', 'remove', '--', pool, 'mirror-1'),
  zpool('other remove stop', 'remove', '-s', '--', pool),
  { ...zpool('checkpoint exists remove', 'remove', '--', pool, 'mirror-1'), before: `zpool checkpoint ${pool}` },
  zpool('checkpoint exists attach', 'attach', '--', pool, file(0), file(2)),
  {
    ...zpool('zpool remove stop', 'remove', '-s', '--', pool),
    before: `
      zpool checkpoint -d -w ${pool}
      echo 1 >${parameters}/zfs_removal_suspend_progress
      zpool remove ${pool} mirror-1
    `,
  },
  {
    ...zpool('zpool remove', 'remove', '-w', '--', pool, 'mirror-1'),
    before: `echo 0 >${parameters}/zfs_removal_suspend_progress`,
  },
  {
    ...zpool('space remove', 'remove', '--', single, file(6)),
    before: `zpool add -f ${single} ${file(9)}`,
  },
];

export const scenario: Scenario = {
  program: 'zfs',
  setUp: `
    mkdir ${files}
    for number in $(seq 0 9); do truncate -s 512M ${files}/f$number; done
    # Those of the small pool, from which nothing can be removed.
    truncate -s 128M ${file(6)} ${file(9)}
    truncate -s 96M ${file('small')}
    zpool create -O compression=off ${pool} mirror ${file(0)} ${file(1)}
    zpool create -O compression=off ${single} ${file(6)}
    head -c 8M /dev/urandom >/${pool}/image
    zpool sync ${pool}
  `,
  cases: [...mirrors, ...states, ...vdevs],
  tearDown: `
    echo 0 >${parameters}/zfs_removal_suspend_progress
    for name in ${pool} ${single}; do
      if zpool list $name >/dev/null 2>&1; then zpool destroy -f $name; fi
      if [ -d /$name ]; then rmdir /$name; fi
    done
    rm -rf --one-file-system ${files}
  `,
};
