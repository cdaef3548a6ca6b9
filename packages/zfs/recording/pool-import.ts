import type { Case, Scenario } from '@quiesce/lab/scenario';
import { asNobody, zpool } from './parts/zpool-case.js';

const pool = 'quiesce-import';
const raidz = 'quiesce-import-raidz';
const renamed = 'quiesce-import-new';
const files = '/var/tmp/quiesce-import';
const away = `${files}-away`;
const file = (number: number): string => `${files}/f${String(number)}`;

/** Shell that opens the volume for some seconds. */
const openVolume = `
  (exec sleep 8 </dev/zvol/${pool}/volume >/dev/null 2>&1) &
  echo $! >volume.pid
  until readlink /proc/$!/fd/0 | grep -q /dev/zd; do sleep 0.1; done
`;

const exported: readonly Case[] = [
  {
    ...zpool('pool busy export', 'export', '--', pool),
    before: `
      (cd /${pool} && exec sleep 600 >/dev/null 2>&1) &
      echo $! >sleep.pid
      until readlink /proc/$!/cwd | grep -q ${pool}; do sleep 0.1; done
    `,
  },
  zpool('no pool export', 'export', '--', 'nopool'),
  asNobody('permission export', 'export', '--', pool),
  {
    // What fails on one release waits on the other until the volume is closed.
    name: 'pool busy export volume',
    before: `
      kill "$(cat sleep.pid)"
      sleep 1
      zfs create -V 16M ${pool}/volume
      udevadm settle
      until [ -e /dev/zvol/${pool}/volume ]; do sleep 0.1; done
      ${openVolume}
    `,
    script: `
      zpool export -- ${pool}
      code=$?
      if kill -0 "$(cat volume.pid)" 2>/dev/null; then echo open; else echo closed; fi
      exit $code
    `,
  },
  {
    name: 'pool busy destroy volume',
    before: `
      while kill -0 "$(cat volume.pid)" 2>/dev/null; do sleep 0.5; done
      if ! zpool list ${pool} >/dev/null 2>&1; then zpool import -d ${files} ${pool}; fi
      udevadm settle
      until [ -e /dev/zvol/${pool}/volume ]; do sleep 0.1; done
      ${openVolume}
    `,
    script: `
      zpool destroy -- ${pool}
      code=$?
      if kill -0 "$(cat volume.pid)" 2>/dev/null; then echo open; else echo closed; fi
      exit $code
    `,
  },
  {
    ...zpool('zpool export', 'export', '--', pool),
    before: `
      while kill -0 "$(cat volume.pid)" 2>/dev/null; do sleep 0.5; done
      if ! zpool list ${pool} >/dev/null 2>&1; then zpool import -D -d ${files} ${pool}; fi
      zfs destroy ${pool}/volume
      zpool export ${raidz}
    `,
  },
];

const importables: readonly Case[] = [
  zpool('zpool importable', 'import', '-d', files),
  asNobody('permission importable', 'import', '-d', files),
  zpool('zpool importable none', 'import', '-d', away),
  {
    ...zpool('zpool importable degraded', 'import', '-d', files),
    before: `mv ${file(1)} ${away}`,
  },
  {
    ...zpool('zpool importable without log', 'import', '-d', files),
    before: `mv ${away}/f1 ${file(1)}; mv ${file(2)} ${away}`,
  },
  zpool('devices missing import log', 'import', '-d', files, '--', pool),
  {
    ...zpool('zpool importable unavailable', 'import', '-d', files),
    before: `mv ${away}/f2 ${file(2)}; mv ${file(3)} ${file(4)} ${away}`,
  },
  zpool('devices missing import', 'import', '-d', files, '--', raidz),
  {
    ...zpool('zpool importable destroyed', 'import', '-D', '-d', files),
    before: `
      mv ${away}/f3 ${file(3)}
      mv ${away}/f4 ${file(4)}
      zpool import -N -d ${files} ${raidz}
      zpool destroy ${raidz}
    `,
  },
  zpool('zpool import destroyed', 'import', '-D', '-N', '-d', files, '--', raidz),
];

const imports: readonly Case[] = [
  zpool('no pool import', 'import', '-d', files, '--', 'nopool'),
  // It finds none that it may read.
  asNobody('no pool import as ordinary user', 'import', '-d', files, '--', pool),
  zpool('pool exists import new name', 'import', '-d', files, '--', pool, raidz),
  {
    // One that can be imported as it is is imported all the same.
    name: 'zpool import rewind dry run',
    script: `zpool import -F -n -N -d ${files} -- ${pool} && zpool list -H -o name,health ${pool}`,
  },
  {
    ...zpool('zpool import read only', 'import', '-N', '-d', files, '-o', 'readonly=on', '--', pool),
    before: `if zpool list ${pool} >/dev/null 2>&1; then zpool export ${pool}; fi`,
  },
  {
    name: 'zpool import by guid',
    before: `zpool list -H -o guid ${pool} >guid; zpool export ${pool}`,
    script: `zpool import -d ${files} -- "$(cat guid)" && zpool list -H -o name,health ${pool}`,
  },
  {
    ...zpool('zpool import new name', 'import', '-N', '-d', files, '--', pool, renamed),
    before: `zpool export ${pool}`,
  },
  {
    ...zpool('zpool import temporary name', 'import', '-N', '-t', '-d', files, '--', renamed, pool),
    before: `zpool export ${renamed}`,
  },
  {
    ...zpool('zpool import rewind to checkpoint', 'import', '--rewind-to-checkpoint', '-d', files, '--', renamed),
    before: `zpool checkpoint ${pool}; zfs create ${pool}/later; zpool export ${pool}`,
  },
  {
    ...zpool('pool exists import', 'import', '-d', files, '--', renamed),
    before: `
    zpool export ${renamed}
    zpool create -f -m none ${renamed} ${file(6)}
  `,
  },
];

export const scenario: Scenario = {
  program: 'zfs',
  setUp: `
    mkdir ${files} ${away}
    for number in $(seq 0 6); do truncate -s 128M ${files}/f$number; done
    zpool create -o 'comment=hello  world: x' ${pool} mirror ${file(0)} ${file(1)} log ${file(2)}
    zpool create -m none ${raidz} raidz1 ${file(3)} ${file(4)} ${file(5)}
  `,
  cases: [...exported, ...importables, ...imports],
  tearDown: `
    for of in sleep volume; do kill "$(cat /tmp/quiesce-recording/$of.pid)"; done
    for name in ${pool} ${raidz} ${renamed}; do
      if zpool list $name >/dev/null 2>&1; then zpool destroy -f $name; fi
      if [ -d /$name ]; then rmdir /$name; fi
    done
    rm -rf --one-file-system ${files} ${away}
  `,
};
