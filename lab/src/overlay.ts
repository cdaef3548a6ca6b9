import path from 'node:path';
import { runHostCommand } from './host-command.js';

/** Creates a disk that is another one until it is written to. The other must never change again. */
export async function createOverlay(base: string, overlay: string): Promise<void> {
  // Relative, so that the cache can be moved.
  const backing = path.relative(path.dirname(overlay), base);
  await runHostCommand('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', backing, '-F', 'qcow2', overlay]);
}
