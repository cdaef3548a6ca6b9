import type { RsyncOptions } from '@quiesce/rsync';
import type { CopyOptions } from '../options/options.js';

/** What to copy where. */
export interface CopyJob {
  /** Its number among the copies of the run. */
  readonly number: number;
  /** The volume or folder that it is, for events. */
  readonly subject: string;
  readonly step: 'copy' | 'host-root';
  readonly source: string;
  /** The folder below the target that it is copied into, as `root/boot`. */
  readonly folder: string;
  readonly exclude: readonly string[];
  /** A live file system changes while it is copied; a snapshot does not. */
  readonly isLive: boolean;
}

/**
 * What is right for all images: they are archived with their hard links, from that file system
 * alone, and what is gone from the volume goes. To the nanosecond: rsync would skip an image that
 * was written again within the second of its last copy.
 */
const always = { archive: true, oneFileSystem: true, hardLinks: true, delete: true, modifyWindowSeconds: -1 } as const;

/**
 * What the host's own files need besides. They are replaced and not overwritten: files are linked
 * and replaced while they are copied, and rsync would write one through the other.
 */
const forLive = { acls: true, xattrs: true, inplace: false, vanishedFiles: 'warn' } as const;

/** The options of rsync for one copy. */
export function copyOptions(
  { copy }: { readonly copy: Required<CopyOptions> },
  targetFolder: string,
  { exclude, folder, isLive, source }: Pick<CopyJob, 'source' | 'folder' | 'exclude' | 'isLive'>,
): RsyncOptions {
  return {
    ...always,
    ...copy,
    source: source.endsWith('/') ? source : `${source}/`,
    destination: `${targetFolder}/${folder}/`,
    ...(exclude.length > 0 && { excludes: exclude }),
    ...(isLive && forLive),
  };
}
