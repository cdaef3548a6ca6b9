import type { Command } from '@quiesce/command';

/**
 * What a run can leave on a host: a `domain` that it paused, its `mark` on one that is not paused,
 * a `unit` of systemd, a `mount`, a snapshot of a volume, the space for one, the folder of a
 * `restore` that was not whole, the new volume of one, a `folder`, or of a boot test the guest that
 * it started, the clone that this worked on, and the snapshot of that.
 */
export type FindingKind =
  | 'domain'
  | 'mark'
  | 'unit'
  | 'mount'
  | 'lvm-snapshot'
  | 'lvm-space'
  | 'restore'
  | 'restore-volume'
  | 'test-guest'
  | 'test-clone'
  | 'test-snapshot'
  | 'folder';

/** Something that a run which is over left on the host. */
export interface Finding {
  readonly kind: FindingKind;
  /**
   * Name of the domain, unit, clone or ZFS snapshot, device of the volume, path of the mount or
   * folder.
   */
  readonly name: string;
  /** The run that it is of. */
  readonly runId: string;
  /**
   * What undoes it, one after the other. Nothing for a unit that is about to end by itself: it
   * resumes guests.
   */
  readonly undo: readonly Command[];
}

const words: Readonly<Record<FindingKind, string>> = {
  domain: 'the paused guest',
  mark: 'the mark of a pause on the guest',
  unit: 'the unit',
  mount: 'the mount',
  'lvm-snapshot': 'the snapshot',
  'lvm-space': 'the space for a snapshot',
  restore: 'the folder with what was being restored',
  'restore-volume': 'the volume that was being restored',
  'test-guest': 'the guest of a boot test',
  'test-clone': 'the clone of a boot test',
  'test-snapshot': 'the snapshot of a boot test',
  folder: 'the folder',
};

/** A finding in words. */
export function describeFinding({ kind, name }: Pick<Finding, 'kind' | 'name'>): string {
  return `${words[kind]} ${name}`;
}
