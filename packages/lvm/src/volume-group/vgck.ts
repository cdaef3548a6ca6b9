import {
  argumentWords,
  checkOptions,
  InvalidArgumentError,
  type Command,
  type CommandRunner,
  type Rows,
} from '@quiesce/command';
import { lvmCallRows, lvmCommand, type LvmCallOptions } from '../lvm-command.js';
import { tagsRow, volumeGroupsRow } from '../names.js';

/** What {@link Lvm.vgck} takes. */
export interface VgckOptions extends LvmCallOptions {
  /**
   * Groups to check.
   * @default all, unless `tags` are given
   */
  readonly volumeGroups?: string | readonly string[];
  /** Checks groups that have one of these tags, too. One that no group has is no error. */
  readonly tags?: string | readonly string[];
  /**
   * Writes the metadata anew where it differs between disks, and clears it from disks that the
   * group no longer has. Of one group, the one in `volumeGroups`.
   * @default false
   */
  readonly updateMetadata?: boolean;
}

/** What {@link Lvm.vgck} found in groups that can be used. */
export interface VgckResult {
  /** What LVM warned of, in its own words, a line each. Empty where all is well. */
  readonly warnings: readonly string[];
  /**
   * Names of groups that need `updateMetadata`, or did before it: their metadata differs between
   * disks, or lies on disks that they no longer have.
   */
  readonly outdated: readonly string[];
}

/** The words of {@link VgckOptions}. */
export const vgckRows: Rows<VgckOptions> = {
  ...lvmCallRows,
  updateMetadata: { kind: 'flag', option: '--updatemetadata' },
  volumeGroups: volumeGroupsRow,
  tags: tagsRow,
};

/** Builds the command of {@link Lvm.vgck}. See vgck(8). */
export function vgckCommand(options: VgckOptions = {}): Command {
  const checked = checkOptions<VgckOptions>(vgckRows, options);
  const { tags = [], updateMetadata = false, volumeGroups = [], waitForLock } = checked;
  // LVM takes a tag there too, and would update every group that has it.
  if (updateMetadata && (volumeGroups.length !== 1 || tags.length > 0)) {
    const expected = 'one group in volumeGroups with it, and no tags';
    throw new InvalidArgumentError({ argument: 'updateMetadata', value: updateMetadata, expected });
  }
  const args = [...argumentWords(vgckRows, checked), '--', ...volumeGroups, ...tags.map((tag) => `@${tag}`)];
  return lvmCommand('vgck', args, { waitForLock, effect: updateMetadata ? 'write' : 'read' });
}

const outdatedPattern =
  /(?:Inconsistent metadata found for VG (?<differs>\S+?)\.?|has been removed in current VG (?<removed>\S+) seqno \d+\.?)$/;

/** Reads what the command of {@link Lvm.vgck} says on standard error: it prints nothing else. */
export function parseVgck(stderr: string): VgckResult {
  const lines = stderr.split('\n').map((line) => line.trim());
  const warnings = lines.filter((line) => line !== '' && !line.startsWith('sudo: '));
  const outdated = warnings.flatMap((line) => {
    const { differs, removed } = outdatedPattern.exec(line)?.groups ?? {};
    return differs ?? removed ?? [];
  });
  return { warnings, outdated: [...new Set(outdated)] };
}

/** Runs what {@link Lvm.vgck} runs. */
export async function checkVolumeGroups(lvm: CommandRunner, options: VgckOptions): Promise<VgckResult> {
  const { stderr } = await lvm.run(vgckCommand(options), options);
  return parseVgck(stderr);
}
