import type { ClientOptions } from '../client-options.js';
import { checkArgument } from '../check-argument.js';
import { InvalidArgumentError } from '../errors.js';
import type { Transport } from '../transport.js';
import { callRows, checkSettings } from './check-options.js';
import type { AnyRows, OtherRow, Rows, TextRow } from './rows.js';

const program = { pattern: /^[^-\0][^\0]*$/, expected: 'the name or path of a program' };

/** The row of a program to run in place of the tool's own name. */
export const programRow: TextRow & { readonly required?: never } = {
  kind: 'text',
  check: (argument, value) => checkArgument(argument, value, program),
  sample: '/usr/sbin/zfs',
};

/** Returns what can run commands. */
export function checkTransport(argument: string, value: unknown): Transport {
  const { start } = (value ?? {}) as Partial<Transport>;
  if (typeof start === 'function') return value as Transport;
  const expected = "a transport, as sshTransport({ host: 'nas' })";
  throw new InvalidArgumentError({ argument, value, expected });
}

const transportRow: OtherRow<Transport> & { readonly required?: never } = {
  kind: 'other',
  check: checkTransport,
  sample: {
    name: 'none',
    start: () => {
      throw new Error('it runs nothing');
    },
  },
};

const clientRows: AnyRows = {
  transport: transportRow,
  path: programRow,
  timeoutMs: { kind: 'other', check: callRows.timeoutMs, sample: 5000 },
  maximumOutputBytes: { kind: 'integer', minimum: 1 },
};

/**
 * Checks what a client is made with: an option that there is not, as `host`, would have it run on
 * this machine without a word.
 *
 * @param rows - Those of the client's own options.
 * @throws {@link InvalidArgumentError}
 *
 * @example
 * ```ts
 * const checked = checkClientOptions<ZfsClientOptions>({}, { zpoolPath: programRow });
 * ```
 */
export function checkClientOptions<Options extends ClientOptions>(
  options: Options,
  rows: Rows<Omit<Options, keyof ClientOptions>>,
): Options {
  return checkSettings({ ...clientRows, ...(rows as unknown as AnyRows) }, options);
}
