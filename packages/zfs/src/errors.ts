import { ExitError, type ExitErrorOptions, type ExitErrorRule } from '@quiesce/command';

/** A dataset or snapshot that a command needs does not exist. */
export class DatasetNotFoundError extends ExitError {
  static override readonly errorName: string = 'DatasetNotFoundError';
  /** The name that was not found. */
  readonly dataset: string;

  constructor(options: ExitErrorOptions & { dataset: string }) {
    super(options);
    this.dataset = options.dataset;
  }
}

/** A dataset or snapshot is in use: mounted and open, held, or cloned. */
export class DatasetBusyError extends ExitError {
  static override readonly errorName: string = 'DatasetBusyError';
  /** The name that is busy. */
  readonly dataset: string;

  constructor(options: ExitErrorOptions & { dataset: string }) {
    super(options);
    this.dataset = options.dataset;
  }
}

/** Which failures of zfs and zpool become which errors. The first rule that fits counts. */
export const zfsErrors: readonly ExitErrorRule[] = [
  {
    stderr: /cannot \w+ '(?<dataset>[^']+)': (?:dataset|snapshot) does not exist/,
    create: (options, { dataset = '' }) => new DatasetNotFoundError({ ...options, dataset }),
  },
  {
    // "it's being held" from 2.4 on
    stderr: /cannot \w+ (?:snapshot )?'?(?<dataset>[^':]+)'?: (?:dataset is busy|it's being held)/,
    create: (options, { dataset = '' }) => new DatasetBusyError({ ...options, dataset }),
  },
];
