import { chmodSync, statSync } from 'node:fs';
import type { RsyncKeepOptions } from '../keep.js';
import { PartialTransferError } from '../../errors.js';
import { all, archive, type Effects } from './effect.js';

type Owners = 'owner' | 'group' | 'super' | 'numericIds' | 'usermap' | 'groupmap' | 'chown' | 'copyAs';

/** Owner and group of all but `named` in the source of the effects. */
export const owners = { uid: 12_345, gid: 12_346 } as const;
const uid = (path: string): number => statSync(path).uid;
const gid = (path: string): number => statSync(path).gid;
/** rsync of a user who is not root, by the number that it has everywhere. */
export const nobody: readonly string[] = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'rsync'];

/** Effects of `RsyncKeepOptions` on owners. */
export const ownersEffects: Effects<Pick<RsyncKeepOptions, Owners>> = {
  owner: [
    { along: all, options: { owner: true }, seen: ({ to }) => uid(to('file')) === owners.uid },
    { along: archive, options: { owner: false }, seen: ({ to }) => uid(to('file')) !== owners.uid },
  ],
  group: [
    { along: all, options: { group: true }, seen: ({ to }) => gid(to('file')) === owners.gid },
    { along: archive, options: { group: false }, seen: ({ to }) => gid(to('file')) !== owners.gid },
  ],
  super: [
    {
      kind: 'outcome',
      // Who is not root tries, and fails.
      prepare: ({ to }) => chmodSync(to(), 0o777),
      along: ({ from, remote, to }) => ({
        ...{ source: from('file'), destination: remote(to('/')), rsyncPath: nobody, owner: true },
      }),
      options: { super: true },
      seen: (_, { error }) => error instanceof PartialTransferError && error.stderr.includes('chown'),
    },
    { along: archive, options: { super: false }, seen: ({ to }) => uid(to('file')) !== owners.uid },
  ],
  numericIds: {
    // No name is sent that a map could fit.
    along: ({ from }) => ({ source: from('named'), usermap: [{ from: 'daemon', to: '4321' }] }),
    options: { numericIds: true },
    seen: ({ to }) => uid(to('named')) === 1,
  },
  usermap: {
    along: all,
    options: { usermap: [{ from: '*', to: '4321' }] },
    seen: ({ to }) => uid(to('file')) === 4321,
  },
  groupmap: {
    along: all,
    options: { groupmap: [{ from: '*', to: '4321' }] },
    seen: ({ to }) => gid(to('file')) === 4321,
  },
  chown: {
    along: all,
    options: { chown: { user: '4321', group: '4322' } },
    seen: ({ to }) => uid(to('file')) === 4321 && gid(to('file')) === 4322,
  },
  copyAs: {
    prepare: ({ to }) => chmodSync(to(), 0o777),
    along: ({ from }) => ({ source: from('wide') }),
    options: { copyAs: { user: 'nobody', group: 'nogroup' } },
    seen: ({ to }) => uid(to('wide')) === 65_534,
  },
};
