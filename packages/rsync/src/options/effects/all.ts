import { join } from 'node:path';
import { batchEffects } from './batch.js';
import { compareEffects } from './compare.js';
import { connectionEffects } from './connection.js';
import { deleteEffects } from './delete.js';
import { destinationEffects } from './destination.js';
import { keepEffects } from './keep.js';
import { limitsEffects } from './limits.js';
import { selectEffects } from './select.js';
import { transferEffects } from './transfer.js';

/** Effects of all options. */
export const allEffects = {
  ...transferEffects,
  ...keepEffects,
  ...deleteEffects,
  ...selectEffects,
  ...compareEffects,
  ...destinationEffects,
  ...limitsEffects,
  ...connectionEffects,
  ...batchEffects,
};

/** What the daemon of the effects is told besides, so that it notes what it sees. */
export const daemonSettings = (root: string): readonly string[] => [
  `early exec = cat >'${join(root, 'early')}'`,
  `pre-xfer exec = printf %s "$RSYNC_HOST_ADDR" >'${join(root, 'address')}'`,
];
