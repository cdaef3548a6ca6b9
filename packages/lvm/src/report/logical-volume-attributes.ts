/**
 * What a logical volume is, by the first letter of its attributes. `other` is what this version
 * does not know.
 */
export type LogicalVolumeKind =
  | 'plain'
  | 'cache'
  | 'conversion'
  | 'image'
  | 'integrity'
  | 'metadata'
  | 'mirror'
  | 'mirror-log'
  | 'origin'
  | 'pvmove'
  | 'raid'
  | 'snapshot'
  | 'thin'
  | 'thin-pool'
  | 'thin-pool-data'
  | 'vdo-pool'
  | 'vdo-pool-data'
  | 'virtual'
  | 'other';

/**
 * What may be done with a volume. `read-only-activation`: writeable, but active for reading only.
 */
export type LogicalVolumePermissions = 'writeable' | 'read-only' | 'read-only-activation' | 'unknown';

/** What the kernel has of a volume. */
export type LogicalVolumeState =
  | 'active'
  | 'inactive'
  | 'historical'
  | 'suspended'
  | 'invalid-snapshot'
  | 'invalid-suspended-snapshot'
  | 'merge-failed'
  | 'suspended-merge-failed'
  | 'without-tables'
  | 'inactive-table'
  | 'check-needed'
  | 'suspended-check-needed'
  | 'unknown';

/** How the storage below a volume is. `ok` also stands for what has no health of its own. */
export type LogicalVolumeHealth =
  | 'ok'
  | 'partial'
  | 'refresh-needed'
  | 'mismatches'
  | 'write-mostly'
  | 'reshaping'
  | 'remove-after-reshape'
  | 'failed'
  | 'out-of-data-space'
  | 'metadata-read-only'
  | 'error'
  | 'unknown';

/** The attributes of a logical volume in words. See the `lv_attr` bits in lvs(8). */
export interface LogicalVolumeAttributes {
  /** The letters that they were read from, as `swi-aos---`. */
  readonly text: string;
  /**
   * What the volume is. A RAID volume that has snapshots is an `origin`: see `layout` of
   * {@link LogicalVolume}.
   */
  readonly kind: LogicalVolumeKind;
  readonly permissions: LogicalVolumePermissions;
  readonly state: LogicalVolumeState;
  /**
   * Whether something has it open: a mount, a guest, a volume on top. Undefined where LVM can't
   * tell.
   */
  readonly open: boolean | undefined;
  readonly health: LogicalVolumeHealth;
  /** Whether it is, or has, a snapshot that is being merged. */
  readonly merging: boolean;
  /** Whether it is a snapshot that is lost: it was full, or its storage failed. */
  readonly invalid: boolean;
}

const kinds: Readonly<Record<string, LogicalVolumeKind>> = {
  '-': 'plain',
  C: 'cache',
  c: 'conversion',
  D: 'vdo-pool-data',
  d: 'vdo-pool',
  e: 'metadata',
  g: 'integrity',
  I: 'image',
  i: 'image',
  l: 'mirror-log',
  M: 'mirror',
  m: 'mirror',
  O: 'origin',
  o: 'origin',
  p: 'pvmove',
  R: 'raid',
  r: 'raid',
  S: 'snapshot',
  s: 'snapshot',
  T: 'thin-pool-data',
  t: 'thin-pool',
  V: 'thin',
  v: 'virtual',
};

const permissions: Readonly<Record<string, LogicalVolumePermissions>> = {
  R: 'read-only-activation',
  r: 'read-only',
  w: 'writeable',
};

const states: Readonly<Record<string, LogicalVolumeState>> = {
  '-': 'inactive',
  a: 'active',
  C: 'suspended-check-needed',
  c: 'check-needed',
  d: 'without-tables',
  h: 'historical',
  I: 'invalid-snapshot',
  i: 'inactive-table',
  M: 'suspended-merge-failed',
  m: 'merge-failed',
  S: 'invalid-suspended-snapshot',
  s: 'suspended',
};

const healths: Readonly<Record<string, LogicalVolumeHealth>> = {
  '-': 'ok',
  D: 'out-of-data-space',
  E: 'error',
  F: 'failed',
  M: 'metadata-read-only',
  m: 'mismatches',
  p: 'partial',
  R: 'remove-after-reshape',
  r: 'refresh-needed',
  s: 'reshaping',
  w: 'write-mostly',
};

const opens: Readonly<Record<string, boolean>> = { '-': false, o: true };

/**
 * Puts the attributes of a logical volume into words. A letter that this version does not know is
 * `other` or `unknown`.
 *
 * @example
 * ```ts
 * parseLogicalVolumeAttributes('swi-I-s---').invalid; // true
 * ```
 */
export function parseLogicalVolumeAttributes(text: string): LogicalVolumeAttributes {
  const [kind = '', permission = '', , , state = '', open = '', , , health = ''] = text;
  return {
    text,
    kind: kinds[kind] ?? 'other',
    permissions: permissions[permission] ?? 'unknown',
    state: states[state] ?? 'unknown',
    open: opens[open],
    health: healths[health] ?? 'unknown',
    merging: kind === 'O' || kind === 'S',
    invalid: state === 'I' || state === 'S',
  };
}
