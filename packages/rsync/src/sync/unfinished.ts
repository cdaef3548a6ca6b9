import type { FileName } from '../output/file-name.js';
import type { SyncEvent } from '../output/output-parser.js';

/** Follows which files rsync has begun and not done. */
export interface UnfinishedFiles {
  readonly see: (events: readonly SyncEvent[]) => void;
  readonly names: () => readonly FileName[];
}

/** Makes a follower for one run. */
export function createUnfinishedFiles(): UnfinishedFiles {
  let begun: FileName[] = [];
  // How many that were begun are no longer in the list.
  let done = 0;
  return {
    see: (events) => {
      for (const event of events) {
        // rsync tells a file before it sends it: `>` to this side, `<` to the other.
        if (event.type === 'change' && /^[<>]/.test(event.itemized)) {
          begun.push({ path: event.path, pathBytes: event.pathBytes });
        }
        if (event.type === 'progress' && event.filesTransferred > done) {
          begun = begun.slice(event.filesTransferred - done);
          done = event.filesTransferred;
        }
      }
    },
    names: () => begun,
  };
}
