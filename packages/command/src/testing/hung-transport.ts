import { PassThrough } from 'node:stream';
import { supervise } from '../supervise.js';
import type { Transport } from '../transport.js';

/** A transport for tests whose processes nothing ends, as those of a suspended pool. */
export function hungTransport(): Transport {
  return {
    name: 'hung',
    start: (command, options = {}) => {
      const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
      const finished = new Promise<never>(() => undefined);
      const kill = (): Promise<boolean> => Promise.resolve(false);
      return supervise({ command, ...streams, pid: Promise.resolve(1), finished, kill }, options);
    },
  };
}
