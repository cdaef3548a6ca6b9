/** One line of what the script of a pause tells. */
export interface PauseEvent {
  /** When it was, by the clock of the host, in milliseconds of UNIX time. */
  readonly atMs: number;
  /** What happened, in one word. */
  readonly what: string;
  /** Number of the guest or volume that it is about. Undefined where it is about neither. */
  readonly index: number | undefined;
  /** What was said about it. */
  readonly rest: string;
}

const row = /^(?<seconds>\d+\.\d+) (?<what>[a-z-]+)(?: (?<index>\d+))?(?: (?<rest>.*))?$/;

/** Reads a line that the script of a pause tells. Undefined where it is something else. */
export function parsePauseEvent(line: string): PauseEvent | undefined {
  const { seconds, what, index, rest } = row.exec(line)?.groups ?? {};
  if (seconds === undefined || what === undefined) return undefined;
  return {
    atMs: Number(seconds) * 1000,
    what,
    index: index === undefined ? undefined : Number(index),
    rest: rest?.trim() ?? '',
  };
}

/** Reads all lines that the script of a pause has told. */
export function parsePauseLog(text: string): PauseEvent[] {
  return text.split('\n').flatMap((line) => parsePauseEvent(line) ?? []);
}

/** How it went for one guest. */
export interface GuestLog {
  readonly flushed: boolean;
  /** When it was told to pause, if it was and did not refuse. In milliseconds of UNIX time. */
  readonly suspendedAtMs: number | undefined;
  /** When it was seen running again. */
  readonly resumedAtMs: number | undefined;
  /** Nobody has seen yet that it runs, or that it can't be paused any more. */
  readonly isOpen: boolean;
}

/** What the log says of one guest. */
export function guestLog(log: readonly PauseEvent[], guest: number): GuestLog {
  const about = log.filter(({ index }) => index === guest);
  const last = (...whats: string[]): PauseEvent | undefined => about.findLast(({ what }) => whats.includes(what));
  const suspending = last('suspending');
  const refused = last('refused') !== undefined;
  const over = last('running', 'gone', 'foreign', 'found');
  const isPaused = suspending !== undefined && !refused;
  return {
    flushed: last('flushed') !== undefined,
    suspendedAtMs: isPaused ? suspending.atMs : undefined,
    resumedAtMs: isPaused && over?.what === 'running' ? over.atMs : undefined,
    isOpen: isPaused && (over === undefined || (over.what === 'found' && over.rest === 'paused')),
  };
}

/** How it went for one volume. */
export interface VolumeLog {
  /** When LVM began to make its snapshot, in milliseconds of UNIX time. */
  readonly startedAtMs: number | undefined;
  /** Its snapshot is of a moment at which every guest stood still that has a disk on it. */
  readonly frozen: boolean;
  /** LVM has not said yet what became of it. */
  readonly isOpen: boolean;
}

/** What the log says of one volume. */
export function volumeLog(log: readonly PauseEvent[], volume: number): VolumeLog {
  const has = (...whats: string[]): boolean => log.some(({ index, what }) => index === volume && whats.includes(what));
  return {
    startedAtMs: log.find(({ index, what }) => index === volume && what === 'snapshotting')?.atMs,
    frozen: has('frozen'),
    isOpen: has('snapshotting') && !has('snapshotted', 'unsnapshotted'),
  };
}

/** Whether the log says that something happened. */
export function hasEvent(log: readonly PauseEvent[], what: string): boolean {
  return log.some((event) => event.what === what);
}
