import type { AnyTable } from '@quiesce/command';
import type { Lvm } from './create-lvm.js';
import { lvchangeRows } from './lvchange.js';
import { lvconvertRows } from './lvconvert.js';
import { lvcreateRows } from './lvcreate.js';
import { lvremoveRows } from './lvremove.js';
import { lvsRows } from './lvs.js';
import { vgsRows } from './vgs.js';

/** The table of each method: a method without one does not compile. */
export const lvmRows: Readonly<Record<Exclude<keyof Lvm, 'run'>, AnyTable>> = {
  lvs: lvsRows,
  vgs: vgsRows,
  lvcreate: lvcreateRows,
  lvconvert: lvconvertRows,
  lvchange: lvchangeRows,
  lvremove: lvremoveRows,
};
