import { checkArgument, InvalidArgumentError, type ArgumentGrammar, type TextRow } from '@quiesce/command';

const controlCharacter = /\p{Cc}/u;
/**
 * What virsh reads as an id before it looks for a name: strtol(3) takes blanks and a sign in front
 * too.
 */
const readAsId = /^ *(?:[+]?\d+|-0+)$/;
const maximumBytes = 1024;

/**
 * Checks a name that libvirt allows almost anything in. It is safe only in one word with its
 * option, as `--pool=<name>`.
 */
function checkName(argument: string, value: string, what: string): string {
  // Callers without types can pass anything.
  const text: unknown = value;
  if (
    typeof text !== 'string' ||
    text === '' ||
    controlCharacter.test(text) ||
    Buffer.byteLength(text) > maximumBytes
  ) {
    const expected = `${what}, without control characters, ${maximumBytes} bytes at most`;
    throw new InvalidArgumentError({ argument, value, expected });
  }
  return text;
}

/**
 * Checks the name or UUID of a domain. libvirt allows almost anything in a name, a dash in front
 * too: that is safe only as `--domain=<name>` in one word, see {@link domainArgument}.
 */
function checkDomain(argument: string, value: string): string {
  const text = checkName(argument, value, 'the name or UUID of a domain');
  if (readAsId.test(text)) {
    const expected = 'a name that virsh does not take for an id: give the UUID of a domain whose name is a number';
    throw new InvalidArgumentError({ argument, value, expected });
  }
  return text;
}

/** The row of a name that must be given, in one word with its option. */
export type NameRow = TextRow & { readonly option: string; readonly required: true };

/**
 * A domain as one word of a virsh command. In this form virsh takes the name as it is: two words or
 * `--` would too, but the bare name `--help` or `--domain=x` would be read as an option.
 */
export const domainRow: NameRow = {
  kind: 'text',
  option: '--domain=',
  check: checkDomain,
  sample: 'MySQL',
  required: true,
};

const uri: ArgumentGrammar = {
  pattern: /^[^\s\p{Cc}]+$/u,
  expected: 'a URI without blanks, 1024 bytes at most',
  maximumBytes: 1024,
};

/** Checks a connection URI or one of its aliases, or the URI of a metadata namespace. */
export function checkUri(argument: string, value: string): string {
  return checkArgument(argument, value, uri);
}

/** A storage pool, as one word of a virsh command. */
export const poolRow: NameRow = {
  kind: 'text',
  option: '--pool=',
  check: (argument, value) => checkName(argument, value, 'the name or UUID of a storage pool'),
  sample: 'default',
  required: true,
};

/** A volume of a storage pool, as one word of a virsh command. */
export const volumeRow: NameRow = {
  kind: 'text',
  option: '--vol=',
  check: (argument, value) => checkName(argument, value, 'the name of a volume'),
  sample: 'MySQL.img',
  required: true,
};
