/** How a volume group places extents unless a volume says otherwise. */
export type AllocationPolicy = 'anywhere' | 'cling' | 'contiguous' | 'normal' | 'unknown';

/** The attributes of a volume group in words. See the `vg_attr` bits in vgs(8). */
export interface VolumeGroupAttributes {
  /** The letters that they were read from, as `wz--n-`. */
  readonly text: string;
  readonly permissions: 'writeable' | 'read-only' | 'unknown';
  /** Whether physical volumes can be added and taken away. */
  readonly resizeable: boolean;
  /** Whether it was exported, for use on another machine: its volumes can't be used here. */
  readonly exported: boolean;
  /** Whether physical volumes are missing. */
  readonly partial: boolean;
  readonly allocation: AllocationPolicy;
  /** Whether it belonged to a cluster of the old kind. */
  readonly clustered: boolean;
  /** Whether several machines share it through lvmlockd. */
  readonly shared: boolean;
}

const permissions: Readonly<Record<string, 'writeable' | 'read-only'>> = { r: 'read-only', w: 'writeable' };

const allocations: Readonly<Record<string, AllocationPolicy>> = {
  a: 'anywhere',
  c: 'contiguous',
  l: 'cling',
  n: 'normal',
};

/**
 * Puts the attributes of a volume group into words. A letter that this version does not know is
 * `unknown`.
 *
 * @example
 * ```ts
 * parseVolumeGroupAttributes('wz-pn-').partial; // true
 * ```
 */
export function parseVolumeGroupAttributes(text: string): VolumeGroupAttributes {
  const [permission = '', resizeable, exported, partial, allocation = '', cluster] = text;
  return {
    text,
    permissions: permissions[permission] ?? 'unknown',
    resizeable: resizeable === 'z',
    exported: exported === 'x',
    partial: partial === 'p',
    allocation: allocations[allocation.toLowerCase()] ?? 'unknown',
    clustered: cluster === 'c',
    shared: cluster === 's',
  };
}
