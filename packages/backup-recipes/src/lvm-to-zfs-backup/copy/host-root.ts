import type { HostFacts } from '../preflight/host-facts.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import type { CopyJob } from './copy-options.js';

/** What is below a folder, as a pattern of rsync: the folder itself stays. */
function contentsOf(folder: string): string {
  return `${folder.replaceAll(/[*?[\\]/g, String.raw`\$&`)}/*`;
}

/**
 * The copies of the host's own files: of the folder, and of each file system of its own in it. Each
 * leaves out what is another's. None where it is left out.
 */
export function hostRootJobs({ facts, options }: { facts: HostFacts; options: ResolvedOptions }): CopyJob[] {
  const { hostRoot, volumes } = options;
  if (hostRoot === undefined) return [];
  const below = (folder: string, path: string): string | undefined => {
    const parent = folder === '/' ? '' : folder;
    return path !== folder && path.startsWith(`${parent}/`) ? path.slice(parent.length) : undefined;
  };
  const sources = [hostRoot.source, ...facts.hostMounts];
  // A pattern that begins with a slash is meant from the folder itself.
  const patterns = (inside: string): string[] =>
    hostRoot.exclude.flatMap((pattern) => {
      if (inside === '' || !pattern.startsWith('/')) return [pattern];
      return pattern.startsWith(`${inside}/`) ? [pattern.slice(inside.length)] : [];
    });
  return sources.map((source, index) => {
    const inside = index === 0 ? '' : (below(hostRoot.source, source) ?? '');
    return {
      number: volumes.length + index,
      subject: source,
      step: 'host-root',
      source,
      folder: `${hostRoot.folder}${inside}`,
      exclude: [...sources.flatMap((other) => below(source, other) ?? []).map(contentsOf), ...patterns(inside)],
      isLive: true,
    };
  });
}
