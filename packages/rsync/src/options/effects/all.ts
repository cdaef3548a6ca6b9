import { join } from 'node:path';
import { batchEffects } from './batch.js';
import { callEffects } from './call.js';
import { compareEffects } from './compare.js';
import { connectionEffects } from './connection.js';
import { deleteEffects } from './delete.js';
import { destinationEffects } from './destination.js';
import type { Effects } from './effect.js';
import { keepEffects } from './keep.js';
import { limitsEffects, type TimeLimits } from './limits.js';
import type { RsyncOptions } from '../sync-options.js';
import { selectEffects } from './select.js';
import { transferEffects } from './transfer.js';

/** Effects of all options but those of {@link TimeLimits}, whose tests wait for a minute. */
export const allEffects: Effects<Omit<RsyncOptions, TimeLimits>> = {
  ...transferEffects,
  ...keepEffects,
  ...deleteEffects,
  ...selectEffects,
  ...compareEffects,
  ...destinationEffects,
  ...limitsEffects,
  ...connectionEffects,
  ...batchEffects,
  ...callEffects,
};

/** What the daemon of the effects is told besides, so that it notes what it sees. */
export const daemonSettings = (root: string): readonly string[] => [
  `early exec = cat >'${join(root, 'early')}'`,
  `pre-xfer exec = printf %s "$RSYNC_HOST_ADDR" >'${join(root, 'address')}'`,
];
