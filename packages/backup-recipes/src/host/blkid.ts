import { createCommand, type Command } from '@quiesce/command';

/** What lies on a device. */
export type DeviceContent =
  /** Nothing that blkid knows, or the device is not there. */
  | { readonly kind: 'nothing' }
  /** Signatures of several things. */
  | { readonly kind: 'ambivalent' }
  /** A partition table, by its type: `gpt`, `dos`. */
  | { readonly kind: 'partitions'; readonly type: string }
  /**
   * One thing: `ext4`, `swap`, `LVM2_member`. Its usage is `filesystem`, `raid`, `crypto` or
   * `other`.
   */
  | { readonly kind: 'content'; readonly type: string; readonly usage: string };

const exitCodes = { nothing: 2, ambivalent: 8 };

/** Exit codes of {@link blkidCommand} after which there is something to read. */
export const blkidSuccessCodes: readonly number[] = [0, ...Object.values(exitCodes)];

/**
 * Looks at a device itself, not at what was noted of it, and tells what lies on it. See blkid(8).
 */
export function blkidCommand(options: { device: string }): Command {
  return createCommand('blkid', ['-p', '-o', 'export', '--', options.device], { effect: 'read' });
}

/** Reads what {@link blkidCommand} prints. */
export function parseBlkid({ exitCode, stdout }: { exitCode: number; stdout: string }): DeviceContent {
  if (exitCode === exitCodes.ambivalent) return { kind: 'ambivalent' };
  const fields = new Map(stdout.split('\n').map((line) => [line.replace(/=.*$/, ''), line.replace(/^[^=]*=/, '')]));
  const [type, usage, table] = [fields.get('TYPE'), fields.get('USAGE'), fields.get('PTTYPE')];
  if (type !== undefined) return { kind: 'content', type, usage: usage ?? 'other' };
  return table === undefined ? { kind: 'nothing' } : { kind: 'partitions', type: table };
}
