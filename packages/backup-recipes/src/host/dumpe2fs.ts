import { createCommand, type Command } from '@quiesce/command';

/** Reads the superblock of an ext2, ext3 or ext4, mounted or not. See dumpe2fs(8). */
export function dumpe2fsCommand(options: { device: string }): Command {
  return createCommand('dumpe2fs', ['-h', options.device], { effect: 'read' });
}

/**
 * Features of a file system that the e2fsprogs of the host don't know: `FEATURE_C12`. Its e2fsck
 * would refuse to check it. Takes what {@link dumpe2fsCommand} prints, whatever its exit code.
 */
export function unknownFeatures({ stderr, stdout }: { stdout: string; stderr: string }): string[] {
  const [, features = ''] = /^Filesystem features:(.*)$/m.exec(stdout) ?? [];
  const unknown = features.split(' ').filter((feature) => /^FEATURE_[CIR]\d+$/.test(feature));
  const refused = unknown.length === 0 && /unsupported (?:read-only )?feature/.test(stderr);
  return refused ? ['unsupported feature(s)'] : unknown;
}

/**
 * Whether the journal of a file system lies on another device, which a snapshot does not hold.
 * Takes what {@link dumpe2fsCommand} prints.
 */
export function hasOuterJournal({ stdout }: { stdout: string }): boolean {
  return /^Journal (?:device|UUID):/m.test(stdout);
}
