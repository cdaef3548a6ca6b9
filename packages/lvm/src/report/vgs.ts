import { checkOptions, parseInteger, type Command, type CommandRunner, type Rows } from '@quiesce/command';
import { lvmCallRows, lvmCommand, type LvmCallOptions } from '../lvm-command.js';
import { volumeGroupsRow } from '../names.js';
import { readReport } from './read-report.js';
import { field, listField, parseReport, reportArguments, reportSettings, type ReportRow } from './report.js';
import { reportSelectionRows, selectionWords, type ReportSelection } from './selection.js';
import { parseVolumeGroupAttributes, type VolumeGroupAttributes } from './volume-group-attributes.js';

/** What {@link Lvm.vgs} takes. */
export interface VgsOptions extends LvmCallOptions, ReportSelection {
  /**
   * Groups to report.
   * @default all
   */
  readonly volumeGroups?: string | readonly string[];
}

/** One volume group as {@link Lvm.vgs} returns it. */
export interface VolumeGroup {
  readonly name: string;
  /** Its own number, which tells it from another of its name. */
  readonly uuid: string;
  /** Size of all its extents, in bytes. */
  readonly sizeBytes: number;
  /** Size of its free extents, in bytes. */
  readonly freeBytes: number;
  /** Size of one extent in bytes: sizes of volumes are multiples of it. */
  readonly extentSizeBytes: number;
  readonly extents: number;
  readonly freeExtents: number;
  /** Number of physical volumes, missing ones too. */
  readonly physicalVolumes: number;
  /** Number of physical volumes that are missing. */
  readonly missingPhysicalVolumes: number;
  /** Number of logical volumes that are not hidden, snapshots too. */
  readonly logicalVolumes: number;
  /** Number of snapshots with storage of their own, thin ones not among them. */
  readonly snapshots: number;
  readonly attributes: VolumeGroupAttributes;
  readonly tags: readonly string[];
}

const columns = [
  ...['vg_name', 'vg_uuid', 'vg_size', 'vg_free', 'vg_extent_size', 'vg_extent_count', 'vg_free_count'],
  ...['pv_count', 'vg_missing_pv_count', 'lv_count', 'snap_count', 'vg_attr', 'vg_tags'],
];

/** The words of {@link VgsOptions}. */
export const vgsRows: Rows<VgsOptions> = { ...lvmCallRows, ...reportSelectionRows, volumeGroups: volumeGroupsRow };

/** Builds the command of {@link Lvm.vgs}. See vgs(8). */
export function vgsCommand(options: VgsOptions = {}): Command {
  const checked = checkOptions<VgsOptions>(vgsRows, options);
  const { volumeGroups = [], waitForLock } = checked;
  const args = [
    ...reportArguments,
    ...['--options', columns.join(',')],
    ...selectionWords('vg_tags', checked),
    ...['--', ...volumeGroups],
  ];
  return lvmCommand('vgs', args, { waitForLock, effect: 'read', settings: reportSettings });
}

function parseVolumeGroup(row: ReportRow): VolumeGroup {
  const integer = (name: string): number => parseInteger(name, field(row, name));
  return {
    name: field(row, 'vg_name'),
    uuid: field(row, 'vg_uuid'),
    sizeBytes: integer('vg_size'),
    freeBytes: integer('vg_free'),
    extentSizeBytes: integer('vg_extent_size'),
    extents: integer('vg_extent_count'),
    freeExtents: integer('vg_free_count'),
    physicalVolumes: integer('pv_count'),
    missingPhysicalVolumes: integer('vg_missing_pv_count'),
    logicalVolumes: integer('lv_count'),
    snapshots: integer('snap_count'),
    attributes: parseVolumeGroupAttributes(field(row, 'vg_attr')),
    tags: listField(row, 'vg_tags'),
  };
}

/** Reads what the command of {@link Lvm.vgs} prints. */
export function parseVgs(stdout: string): VolumeGroup[] {
  return parseReport(stdout, 'vg').map(parseVolumeGroup);
}

/** Runs what {@link Lvm.vgs} runs. */
export async function readVolumeGroups(lvm: CommandRunner, options: VgsOptions): Promise<VolumeGroup[]> {
  const checked = checkOptions<VgsOptions>(vgsRows, options);
  return readReport(lvm, checked, {
    command: vgsCommand(checked),
    volumeGroups: checked.volumeGroups ?? [],
    parse: parseVgs,
  });
}
