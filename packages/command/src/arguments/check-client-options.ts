import type { ClientOptions } from '../client-options.js';
import { checkArgument } from '../check-argument.js';
import { InvalidArgumentError } from '../errors.js';
import type { Transport } from '../transport.js';
import { checkOptions } from './check-options.js';
import type { AnyRows, OtherRow, Rows, TextRow } from './rows.js';

const program = { pattern: /^[^-\0][^\0]*$/, expected: 'the name or path of a program' };

/** The row of a program to run in place of the tool's own name. */
export const programRow: TextRow & { readonly required?: never } = {
  kind: 'text',
  check: (argument, value) => checkArgument(argument, value, program),
  sample: '/usr/sbin/zfs',
};

function checkTransport(argument: string, value: unknown): Transport {
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

const clientRows: Rows<ClientOptions> = {
  transport: transportRow,
  path: programRow,
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
  const all = { ...clientRows, ...rows } as unknown as AnyRows;
  const checked: object = checkOptions<Record<string, unknown>>(all as never, options as never);
  if ('signal' in checked) {
    const expected = 'an option of each call, and none of the client';
    throw new InvalidArgumentError({ argument: 'signal', value: checked.signal, expected, what: 'is no option' });
  }
  return checked as Options;
}
