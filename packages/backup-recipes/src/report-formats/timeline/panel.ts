/** What a bar is about; it has a colour by that. */
export type BarKind = 'ready' | 'flush' | 'pause' | 'snapshot' | 'copy' | 'checksums' | 'verify' | 'zfs' | 'problem';

/** Something that took its time. All times are in milliseconds since the start of the run. */
export interface Bar {
  readonly kind: BarKind;
  /** In a word or two. */
  readonly what: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly failed: boolean;
  /** How full the snapshot was at its end, in percent. */
  readonly fillPercent?: number | undefined;
}

/** One line of bars, below what it says in words. */
export interface Lane {
  readonly text: string;
  readonly bars: readonly Bar[];
}

/** What belongs to one guest, volume or dataset. */
export interface Row {
  readonly name: string;
  readonly lanes: readonly Lane[];
}

/** A piece of time, and what was going on. */
export interface Panel {
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** The moment that its axis calls 0. */
  readonly zeroMs: number;
  readonly rows: readonly Row[];
}
