import { InvalidArgumentError, localTransport, type Transport } from '@quiesce/command';
import { lvcreateCommand } from '@quiesce/lvm';
import * as z from 'zod';
import { limitProblems, limitsOf, limitsShape, type RunLimits } from '../limits.js';
import { isAbsolute, plainPath } from '../mount-root.js';
import { PreflightError, type PreflightProblem } from '../preflight-error.js';
import { shapeProblems, transportShape } from '../shape-problems.js';
import { isSnapshotOf, targetNameProblems } from '../target/target-name.js';

/** What is restored. */
export type WhatToRestore =
  /** All images of a guest, by its name or UUID. */
  | { readonly guest: string }
  /** Files, each as `folder/path` below the target: `SSD.images/MySQL.img`. */
  | { readonly images: string | readonly string[] }
  /** Everything that was on a volume, as `/dev/SSD/images`. */
  | { readonly volume: string }
  /** The host's own files and folders, by their paths on the host, as `/etc/fstab`. */
  | { readonly hostFiles: string | readonly string[] }
  /** Everything that was on the volumes. The host's own files are no part of it. */
  | 'everything';

/** Where it is restored to. */
export type WhereToRestore =
  /** Where it was on the host. A file that is there is replaced when the new one is whole. */
  | 'place'
  /**
   * Below a folder that is there, each with its path below the target: `SSD.images/MySQL.img`
   * becomes `/srv/restored/SSD.images/MySQL.img`.
   */
  | {
      readonly folder: string;
      /**
       * Another host that the folder is on. It needs the rights of root there.
       * @default the host that has the target
       */
      readonly transport?: Transport;
    }
  /** Under a name of its own, for one image. What is there and is no regular file is a problem. */
  | { readonly file: string; readonly transport?: Transport }
  /**
   * To a logical volume that is made for it, as a guest's disk: for one raw image. It is as long as
   * the image, rounded up to whole extents of the group, and zeros are in what that adds.
   */
  | {
      readonly volume: {
        /** The volume group that it is made in, as `SSD`. */
        readonly group: string;
        /** The name that it gets. There must be none of that name. */
        readonly name: string;
      };
      /**
       * Another host that the group is on. It needs the rights of root there.
       * @default the host that has the target
       */
      readonly transport?: Transport;
    };

/** What {@link restoreImages} takes. */
export interface RestoreImagesOptions {
  /** The ZFS file system that backups were made to, as `archives/backups`. */
  readonly target: string;
  /** What is restored. */
  readonly restore: WhatToRestore;
  /**
   * Which state of the target: the newest in which all that is wanted is complete, the newest such
   * one whose run was not after a time, what the target holds now, or the snapshot of that name.
   * @default 'newest'
   */
  readonly backup?: 'newest' | 'now' | Date | (string & {});
  /**
   * Where it is restored to.
   * @default 'place'
   */
  readonly to?: WhereToRestore;
  /**
   * What is made of a guest that runs and has a file open that would be replaced, or may have one
   * open since it can't be read where its disks lie. `'refuse'`: nothing is restored. `'allow'`:
   * the guest goes on with the old file, which has no name any more.
   * @default 'refuse'
   */
  readonly runningGuests?: 'refuse' | 'allow';
  /**
   * What is made of a folder that does not hold every byte of its run, has lost a file since or has
   * broken checksums, and of a guest whose images are of several runs. `'allow'` takes what is
   * there, from a state that is named: with `'now'` or a snapshot.
   * @default 'refuse'
   */
  readonly incomplete?: 'refuse' | 'allow';
  /**
   * How long commands of the host may take, in milliseconds. `copyMs` and `verifyMs` count for all
   * that goes to one file system together, or for the image of a volume: one command copies it, and
   * one compares it.
   */
  readonly limits?: Partial<RunLimits>;
  /**
   * The host that has the target. It needs the rights of root there.
   * @default localTransport()
   */
  readonly transport?: Transport;
}

/** What is restored, with lists in place of single names. */
export type ResolvedWhat =
  | { readonly kind: 'guest'; readonly guest: string }
  | { readonly kind: 'images'; readonly images: readonly string[] }
  | { readonly kind: 'volume'; readonly volume: string }
  | { readonly kind: 'hostFiles'; readonly hostFiles: readonly string[] }
  | { readonly kind: 'everything' };

/** Where it goes: to one of these, or where it was. */
export interface ResolvedPlace {
  readonly folder?: string;
  readonly file?: string;
  readonly volume?: { readonly group: string; readonly name: string };
}

/** The options with every default filled in. */
export interface ResolvedRestoreOptions {
  readonly target: string;
  readonly what: ResolvedWhat;
  readonly backup: Date | string;
  readonly to: ResolvedPlace;
  readonly runningGuests: 'refuse' | 'allow';
  readonly incomplete: 'refuse' | 'allow';
  readonly limits: RunLimits;
  /** The host that has the target. */
  readonly transport: Transport;
  /** The host that is restored to. */
  readonly destination: Transport;
}

const names = z.union([z.string(), z.array(z.string())]);

const shape = z.strictObject({
  target: z.string(),
  restore: z.union(
    [
      z.literal('everything'),
      z.strictObject({ guest: z.string() }),
      z.strictObject({ images: names }),
      z.strictObject({ volume: z.string() }),
      z.strictObject({ hostFiles: names }),
    ],
    { error: "expected { guest }, { images }, { volume }, { hostFiles } or 'everything'" },
  ),
  backup: z.union([z.string(), z.date()], { error: "expected 'newest', 'now', a Date or a snapshot" }).optional(),
  to: z
    .union(
      [
        z.literal('place'),
        z.strictObject({ folder: z.string(), transport: transportShape }),
        z.strictObject({ file: z.string(), transport: transportShape }),
        z.strictObject({
          volume: z.strictObject({ group: z.string(), name: z.string() }),
          transport: transportShape,
        }),
      ],
      { error: "expected 'place', { folder }, { file } or { volume: { group, name } }" },
    )
    .optional(),
  runningGuests: z.enum(['refuse', 'allow']).optional(),
  incomplete: z.enum(['refuse', 'allow']).optional(),
  limits: limitsShape,
  transport: transportShape,
});

function resolveWhat(restore: WhatToRestore): ResolvedWhat {
  if (restore === 'everything') return { kind: 'everything' };
  if ('guest' in restore) return { kind: 'guest', guest: restore.guest };
  if ('volume' in restore) return { kind: 'volume', volume: restore.volume };
  if ('images' in restore) return { kind: 'images', images: [restore.images].flat() };
  return { kind: 'hostFiles', hostFiles: [restore.hostFiles].flat().map(plainPath) };
}

/** Whether a path is one of a file below a folder of the target. */
function isImage(value: string): boolean {
  const parts = value.split('/');
  return parts.length > 1 && !value.includes('\0') && parts.every((part) => !['', '.', '..'].includes(part));
}

function* whatProblems(what: ResolvedWhat): Generator<PreflightProblem> {
  const empty = 'empty: name at least one';
  if (what.kind === 'images') {
    if (what.images.length === 0) yield { option: 'restore.images', value: '[]', problem: empty };
    for (const value of what.images) {
      if (isImage(value)) continue;
      const problem = 'not a file below the target: give it as SSD.images/MySQL.img, without . and ..';
      yield { option: 'restore.images', value, problem };
    }
  } else if (what.kind === 'hostFiles') {
    if (what.hostFiles.length === 0) yield { option: 'restore.hostFiles', value: '[]', problem: empty };
    for (const value of what.hostFiles) {
      if (isAbsolute(value) && value !== '/') continue;
      yield { option: 'restore.hostFiles', value, problem: 'not an absolute path below / without ..' };
    }
  } else if (what.kind === 'volume' && !/^\/dev\/[^/]+\/[^/]+$/.test(what.volume)) {
    yield { option: 'restore.volume', value: what.volume, problem: 'not a volume: give it as /dev/group/volume' };
  } else if (what.kind === 'guest' && what.guest === '') {
    yield { option: 'restore.guest', value: '', problem: 'empty: give the name of a guest, or its UUID' };
  }
}

function* volumeNameProblems({ group, name }: NonNullable<ResolvedPlace['volume']>): Generator<PreflightProblem> {
  try {
    lvcreateCommand({ type: 'linear', volumeGroup: group, name, sizeBytes: 512 });
  } catch (error) {
    if (!InvalidArgumentError.isInstance(error)) throw error;
    const { argument, expected } = error;
    const [option, value] = argument === 'name' ? ['name', name] : ['group', group];
    yield { option: `to.volume.${option}`, value, problem: `expected ${expected}`, error };
  }
}

function* otherProblems({ backup, incomplete, target, to, what }: ResolvedRestoreOptions): Generator<PreflightProblem> {
  if (!(backup instanceof Date) && backup !== 'newest' && backup !== 'now' && !isSnapshotOf(target, backup)) {
    const problem = `not 'newest', 'now', a Date or a snapshot of the target: give that as ${target}@name`;
    yield { option: 'backup', value: backup, problem };
  }
  if (incomplete === 'allow' && (backup === 'newest' || backup instanceof Date)) {
    const problem = "it needs a state that is named: give backup: 'now' or a snapshot";
    yield { option: 'incomplete', value: incomplete, problem };
  }
  for (const option of ['folder', 'file'] as const) {
    const value = to[option];
    if (value === undefined || (isAbsolute(value) && value !== '/')) continue;
    yield { option: `to.${option}`, value, problem: 'not an absolute path below / without ..' };
  }
  // A day more, for clocks that differ.
  if (backup instanceof Date && backup.getTime() > Date.now() + 86_400_000) {
    const problem = 'it is yet to come: a wrong year? For the newest, leave it out';
    yield { option: 'backup', value: backup.toISOString(), problem };
  }
  if (to.file?.startsWith('/dev/') === true) {
    const problem = 'what is in /dev is no file: give to: { volume: { group, name } } for a new volume';
    yield { option: 'to.file', value: to.file, problem };
  }
  if (to.volume !== undefined) yield* volumeNameProblems(to.volume);
  const { file = to.volume?.name } = to;
  if (file !== undefined && (what.kind !== 'images' || what.images.length !== 1)) {
    const option = to.volume === undefined ? 'to.file' : 'to.volume';
    yield { option, value: file, problem: 'it is for one image: give { folder } for all else' };
  }
}

/**
 * Fills in the defaults.
 *
 * @throws {@link PreflightError} that lists every option which no host could make right.
 */
export function resolveRestoreOptions(options: RestoreImagesOptions): ResolvedRestoreOptions {
  const misshapen = shapeProblems(shape, options);
  if (misshapen.length > 0) throw new PreflightError(misshapen);
  const { to = 'place', transport = localTransport() } = options;
  const elsewhere: ResolvedPlace & { readonly transport?: Transport } = to === 'place' ? {} : to;
  const { file, folder, volume } = elsewhere;
  const resolved: ResolvedRestoreOptions = {
    target: options.target,
    what: resolveWhat(options.restore),
    backup: options.backup ?? 'newest',
    to: {
      ...(folder !== undefined && { folder: plainPath(folder) }),
      ...(file !== undefined && { file: plainPath(file) }),
      ...(volume !== undefined && { volume: { ...volume } }),
    },
    runningGuests: options.runningGuests ?? 'refuse',
    incomplete: options.incomplete ?? 'refuse',
    limits: limitsOf(options.limits),
    transport,
    destination: elsewhere.transport ?? transport,
  };
  const problems = [
    ...targetNameProblems(resolved.target),
    ...whatProblems(resolved.what),
    ...otherProblems(resolved),
    ...limitProblems(resolved.limits),
  ];
  if (problems.length > 0) throw new PreflightError(problems);
  return resolved;
}
