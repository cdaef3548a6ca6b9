const minute = 60_000;

/** What a run waits for: see {@link limits}. */
type Limit = 'readMs' | 'lvmMs' | 'zfsMs' | 'checkMs' | 'mountMs' | 'smallMs';

/**
 * How long a run waits for commands of the host, in milliseconds. What takes longer hangs: it is left to itself, named in the
 * report, and the run goes on without it.
 */
export const limits: Readonly<Record<Limit, number>> = {
  /** Looking at something. */
  readMs: minute,
  /** Making, changing or removing a volume: another command of LVM may hold its group's lock. */
  lvmMs: minute,
  /** Making a snapshot of a dataset, or setting a property: a suspended pool answers never. */
  zfsMs: 5 * minute,
  /** Checking a file system, journal and all. */
  checkMs: 60 * minute,
  mountMs: 5 * minute,
  /** Folders, small files and units. */
  smallMs: minute,
};
