import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import type { RsyncBatchOptions } from '../batch.js';
import { all, type Effects } from './effect.js';
import { execute, has } from './files.js';

/** Effects of `RsyncBatchOptions`. */
export const batchEffects: Effects<RsyncBatchOptions> = {
  writeBatch: {
    along: all,
    options: ({ own }) => ({ writeBatch: own('batch') }),
    seen: ({ own, to }) => existsSync(own('batch')) && existsSync(to('file')),
  },
  onlyWriteBatch: {
    along: all,
    options: ({ own }) => ({ onlyWriteBatch: own('batch') }),
    seen: ({ own, to }) => existsSync(own('batch')) && !existsSync(to('file')),
  },
  readBatch: {
    prepare: async ({ own }) => {
      for (const folder of ['s', 'copy']) mkdirSync(own(folder));
      writeFileSync(own('s/file'), 'of the batch');
      await execute('rsync', '-r', `--write-batch=${own('batch')}`, own('s/'), own('copy/'));
    },
    along: all,
    options: ({ own }) => ({ readBatch: own('batch') }),
    seen: ({ to }) => has(to('file'), 'of the batch'),
  },
};
