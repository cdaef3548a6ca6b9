import { InvalidArgumentError, type OtherRow } from '@quiesce/command';
import { isDaemon } from './endpoints.js';
import type { RsyncEndpoint } from './remote.js';

const expected =
  'paths below source, of 1 to 4093 bytes each, without NUL, without .. and without /./ in between, ' +
  'as strings or as bytes: ["etc/fstab"]';
// PATH_MAX is 4096 with the NUL at the end; `./` goes in front.
const maximumBytes = 4093;

/**
 * Whether rsync would look for it, or put it, where the path does not say: it takes away what
 * stands before `/./`, and `..` at the source itself.
 */
const leadsElsewhere = (path: string): boolean => /(?:^|\/)\.\.(?:\/|$)|\/\.\//.test(path.replace(/^(?:\.?\/)+/, ''));

function copyOf(argument: string, value: unknown): string | Uint8Array {
  const isText = typeof value === 'string';
  if (isText || value instanceof Uint8Array) {
    const bytes = isText ? Buffer.from(value) : Uint8Array.from(value);
    const fits =
      bytes.byteLength > 0 &&
      bytes.byteLength <= maximumBytes &&
      !bytes.includes(0) &&
      !leadsElsewhere(Buffer.from(bytes).toString('latin1'));
    // A lone half of a surrogate pair would become another name.
    if (fits && (!isText || value.isWellFormed())) return isText ? value : bytes;
  }
  throw new InvalidArgumentError({ argument, value, expected });
}

/** The row of {@link RsyncOptions.files}. The names go by standard input: argv is UTF-8 to Node. */
export const fileListRow: OtherRow<readonly (string | Uint8Array)[]> & { readonly required?: never } = {
  kind: 'other',
  guard: true,
  check: (argument, value) => {
    if (!Array.isArray(value)) throw new InvalidArgumentError({ argument, value, expected });
    return value.map((one: unknown, index) => copyOf(`${argument}[${String(index)}]`, one));
  },
  sample: ['etc/fstab'],
};

/** The words that make rsync read its list of files from standard input. */
export const fileListWords: readonly string[] = ['--files-from=-', '--from0'];

/** The list as rsync reads it: `#` and `;` begin a comment, unless something stands before. */
function inputOf(files: readonly (string | Uint8Array)[], before: string): Uint8Array {
  return Buffer.concat(
    files.flatMap((file) => [Buffer.from(before), typeof file === 'string' ? Buffer.from(file) : file, Buffer.of(0)]),
  );
}

/**
 * What a list is meant from, and what goes to standard input. A daemon of 3.5.0 without chroot
 * looks for the names in the module itself, and says that they vanished: so the folder stands
 * before each of them.
 */
export function fileList(
  files: readonly (string | Uint8Array)[],
  source: RsyncEndpoint,
): { readonly source: RsyncEndpoint; readonly stdin: Uint8Array } {
  if (!isDaemon(source) || source.path === undefined) return { source, stdin: inputOf(files, './') };
  const { path, ...module } = source;
  // What comes after the first `/./` arrives.
  const folder = path.split('/').filter((part) => part !== '' && part !== '.');
  return { source: module, stdin: inputOf(files, folder.length === 0 ? './' : `./${folder.join('/')}/./`) };
}
