import type { Transport } from '@quiesce/command';
import { createLvm, type Lvm } from '@quiesce/lvm';
import { createRsync, type Rsync } from '@quiesce/rsync';
import { createVirsh, type Virsh } from '@quiesce/virsh';
import { createZfs, type Zfs } from '@quiesce/zfs';

/** The clients that a run drives, all on the same host. */
export interface Clients {
  readonly virsh: Virsh;
  readonly lvm: Lvm;
  readonly zfs: Zfs;
  readonly rsync: Rsync;
}

/** Makes the clients. */
export function createClients({ transport }: { readonly transport: Transport }): Clients {
  return {
    virsh: createVirsh({ transport }),
    lvm: createLvm({ transport }),
    zfs: createZfs({ transport }),
    rsync: createRsync({ transport }),
  };
}
