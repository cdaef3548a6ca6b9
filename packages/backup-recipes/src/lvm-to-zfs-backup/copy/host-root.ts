import type { CopyJob } from './copy-options.js';
import type { RunState } from '../run-state.js';

/** The copy of the host's own files. Undefined where it is left out. */
export function hostRootJob({ facts, options }: Pick<RunState, 'facts' | 'options'>): CopyJob | undefined {
  if (options.hostRoot === undefined) return undefined;
  const { source, folder, exclude } = options.hostRoot;
  return {
    subject: source,
    step: 'host-root',
    source,
    folder: `${facts.targetFolder}/${folder}`,
    exclude,
    vanishedFiles: 'warn',
  };
}
