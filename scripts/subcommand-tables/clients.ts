import type { MethodRow, WithoutMethod } from '@quiesce/command';
import { lvmMethodTables } from '../../packages/lvm/src/method-tables.js';
import { lvmWithoutMethod } from '../../packages/lvm/src/without-method.js';
import { rsyncMethodTables } from '../../packages/rsync/src/method-tables.js';
import { rsyncWithoutProperty } from '../../packages/rsync/src/without-method.js';
import { virshMethodTables } from '../../packages/virsh/src/method-tables.js';
import { virshWithoutMethod } from '../../packages/virsh/src/without-method.js';
import { zfsMadeOfSeveral, type MadeOfSeveral } from '../../packages/zfs/src/made-of-several.js';
import { zfsMethodTables } from '../../packages/zfs/src/method-tables.js';
import { zfsWithoutMethod, zpoolWithoutMethod } from '../../packages/zfs/src/without-method.js';

/** A program that a client drives. */
export interface Program {
  /** Its own name. Of `lvm` each subcommand is a name of its own. */
  readonly program: string;
  readonly withoutMethod: WithoutMethod;
  /** A call that runs what has no method, for its page. Rsync has none of the kind. */
  readonly sample?: string;
}

/** What the tables are made from: nothing else tells what a client can do. */
export interface Client {
  readonly name: string;
  readonly methods: Readonly<Record<string, MethodRow>>;
  readonly programs: readonly Program[];
  /** What runs more than one subcommand. */
  readonly madeOfSeveral?: Readonly<Record<string, MadeOfSeveral>>;
}

/** The clients, by the names of their packages. */
export const clients: readonly Client[] = [
  {
    name: 'virsh',
    methods: virshMethodTables,
    programs: [
      {
        program: 'virsh',
        withoutMethod: virshWithoutMethod,
        sample: "await virsh.run(createCommand('virsh', ['shutdown', '--domain=MySQL']));",
      },
    ],
  },
  {
    name: 'lvm',
    methods: lvmMethodTables,
    programs: [
      {
        program: 'lvm',
        withoutMethod: lvmWithoutMethod,
        sample: "await lvm.run(createCommand('lvm', ['lvextend', '-L', '+1G', 'SSD/images']));",
      },
    ],
  },
  {
    name: 'zfs',
    methods: zfsMethodTables,
    madeOfSeveral: zfsMadeOfSeveral,
    programs: [
      {
        program: 'zfs',
        withoutMethod: zfsWithoutMethod,
        sample: "await zfs.run(createCommand('zfs', ['rewrite', '-r', '/tank/vm']));",
      },
      {
        program: 'zpool',
        withoutMethod: zpoolWithoutMethod,
        sample: "await zfs.pool.run(createCommand('zpool', ['prefetch', '-t', 'ddt', 'tank']));",
      },
    ],
  },
  {
    name: 'rsync',
    methods: rsyncMethodTables,
    programs: [{ program: 'rsync', withoutMethod: rsyncWithoutProperty }],
  },
];

/** The names of a list in {@link WithoutMethod}. */
export const namesIn = (list = ''): readonly string[] => list.split(/\s+/).filter((name) => name !== '');
