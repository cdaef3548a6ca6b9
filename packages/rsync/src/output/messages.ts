import { readName, type FileName } from './file-name.js';

/** One file that rsync could not deal with. */
export interface FileFailure {
  /**
   * Its path, mostly absolute; below the destination for what could not be removed or made way for.
   * A byte that is not UTF-8 is written `\#ooo`, in octal.
   */
  readonly path: string;
  /** The bytes of a path that is not UTF-8. Undefined where `path` is exact. */
  readonly pathBytes: Uint8Array | undefined;
  /** Why, as `Permission denied`. */
  readonly reason: string;
  /** The system's number of the reason, as 13. Undefined where rsync gives none. */
  readonly errno: number | undefined;
  /** What rsync was doing, as `send_files failed to open`. Undefined where it does not say. */
  readonly operation: string | undefined;
}

/** How a run of rsync wrote, as far as it matters for its messages. */
export interface FailureContext {
  /**
   * Whether it wrote into the files themselves, as with `--inplace`: then no name in a message is a
   * temporary one.
   * @default false
   */
  readonly inplace?: boolean;
}

const prefix = /^rsync: (?:\[(?<role>\w+)\] )?/;
const systemError = /^(?<before>[^]*): (?<reason>[^:]+) \((?<errno>\d+)\)$/;
// `opendir "/data/x" failed` or `delete_file: unlink(x) failed`. The name may have quotes and
// brackets too: up to the last.
const pathInMessage: readonly RegExp[] = [
  /^(?<operation>[^"]*?)[ (]"(?<path>[^]*)"/,
  /^(?<operation>[^(]*\w)\((?<path>[^]*)\)/,
];
// `rename "/data/.x.Ab3dEf" -> "x"`, `lsetxattr("/data/x","user.a")`,
// `sys_acl_set_file(x, ACL_TYPE_ACCESS)`
const behindPath = /(?:" (?:->|=>) "[^]*|","[^"]*|, ACL_TYPE_\w+)$/;
const withoutNumber: readonly RegExp[] = [
  /^(?<reason>could not make way for (?:new|existing)[^:]*): (?<path>[^]+)$/,
  /^(?<reason>symlink has no referent): "(?<path>[^]+)"$/,
  /^(?<reason>skipping overly long name): (?<path>[^]+)$/,
  /^ERROR: (?<path>[^]+) (?<reason>failed verification) -- /,
];
// rsync writes a new version of `name` as `.name.Ab3dEf` first, and gives it its attributes before
// its name.
const temporaryName = /(^|\/)\.([^/]+)\.[A-Za-z0-9]{6}$/;
const onTemporaryFile = /^(?:mkstemp|rename|chown|chgrp|failed to set [\w ]+ on|.*(?:_acl|xattr)\w*)$/;

/** The file that was to be written, where a message names the temporary one. */
function finalName(path: string, operation: string, { role, inplace }: FailureContext & { role: string }): string {
  const name = path.replace(behindPath, '');
  // Only the receiver writes; before rsync 3.2 messages did not tell who it was.
  if (inplace === true || !['receiver', ''].includes(role) || !onTemporaryFile.test(operation)) return name;
  // Those of `name` and `.name` are the same, and only a rename tells which of them it is.
  const renamedTo = /" -> "(?:[^]*\/)?([^/]+)$/.exec(path)?.[1];
  return name.replace(temporaryName, (_temporary, folder: string, visible: string) =>
    renamedTo === `.${visible}` ? `${folder}${renamedTo}` : `${folder}${visible}`,
  );
}

function parseSystemError(message: string, context: FailureContext & { role: string }): FileFailure | undefined {
  const { before = '', reason = '', errno } = systemError.exec(message)?.groups ?? {};
  if (errno === undefined) return undefined;
  for (const pattern of pathInMessage) {
    const { operation, path } = pattern.exec(before)?.groups ?? {};
    if (operation === undefined || path === undefined) continue;
    return { ...readName(finalName(path, operation, context)), reason, errno: Number(errno), operation };
  }
  return undefined;
}

/**
 * Reads a line of standard error. Undefined where it names no file that failed. Where rsync names
 * the temporary file that becomes another, the path is that of the other; that of a hidden file may
 * lack its dot then.
 */
export function parseRsyncFailure(line: string, { inplace = false }: FailureContext = {}): FileFailure | undefined {
  const { 0: start = '', groups } = prefix.exec(line) ?? {};
  const message = line.slice(start.length);
  const known = parseSystemError(message, { inplace, role: groups?.['role'] ?? '' });
  if (known !== undefined) return known;
  for (const pattern of withoutNumber) {
    const { path, reason } = pattern.exec(message)?.groups ?? {};
    if (path !== undefined && reason !== undefined) {
      return { ...readName(path), reason, errno: undefined, operation: undefined };
    }
  }
  return undefined;
}

const vanished = /^(?:file|directory) has vanished: "([^]*)"$/;

/** The path that vanished from the source, if that is what a line of standard error says. */
export function parseRsyncVanished(line: string): FileName | undefined {
  const path = vanished.exec(line)?.[1];
  return path === undefined ? undefined : readName(path);
}

/** The directory that was left out, if that is what a line of standard output says. */
export function parseSkippedDirectory(line: string): FileName | undefined {
  const name = /^skipping directory ([^]+)$/.exec(line)?.[1];
  return name === undefined ? undefined : readName(name);
}

/**
 * Whether a line only sums up why rsync ended:
 * `rsync error: … (code 23) at main.c(1347) [sender=3.2.7]`.
 */
export function isVerdict(line: string): boolean {
  return /^rsync (?:error|warning): .* \(code \d+\) at /.test(line);
}
