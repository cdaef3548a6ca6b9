// What the examples of doc comments may use without importing or making it: everything that the
// packages export, and the things below. Samples in a README have no prelude.
import type { Transport } from '@quiesce/command';
import type { Lvm } from '@quiesce/lvm';
import type { Rsync } from '@quiesce/rsync';
import type { Virsh } from '@quiesce/virsh';
import type { Zfs } from '@quiesce/zfs';

export { createReadStream, createWriteStream } from 'node:fs';
export { pipeline } from 'node:stream/promises';
export * from '@quiesce/backup-recipes';
export * from '@quiesce/command';
export * from '@quiesce/command/testing';
export * from '@quiesce/lvm';
export * from '@quiesce/rsync';
export * from '@quiesce/virsh';
export * from '@quiesce/zfs';

export declare const transport: Transport;
export declare const lvm: Lvm;
export declare const rsync: Rsync;
export declare const virsh: Virsh;
export declare const zfs: Zfs;
