import {
  argumentWords,
  checkOptions,
  OutputParseError,
  parseInteger,
  type Command,
  type CommandRunner,
  type Rows,
} from '@quiesce/command';
import { parseLogicalVolumeAttributes } from './logical-volume-attributes.js';
import type { LogicalVolume } from './logical-volume.js';
import { lvmCallRows, lvmCommand, type LvmCallOptions } from '../lvm-command.js';
import { parseVolumePath, volumeGroupsRow, volumesRow } from '../names.js';
import { readReport } from './read-report.js';
import {
  field,
  laterField,
  listField,
  optionalField,
  parseReport,
  reportArguments,
  reportSettings,
  type ReportRow,
} from './report.js';
import { reportSelectionRows, selectionWords, type ReportSelection } from './selection.js';

/** What {@link Lvm.lvs} takes. */
export interface LvsOptions extends LvmCallOptions, ReportSelection {
  /**
   * Volumes to report: `SSD/images` or `/dev/SSD/images`.
   * @default all
   */
  readonly volumes?: string | readonly string[];
  /**
   * Groups whose volumes to report, besides `volumes`. Of a group that `volumes` names too, only
   * those are reported.
   * @default all
   */
  readonly volumeGroups?: string | readonly string[];
  /**
   * Reports the volumes that LVM makes for its own use too, as the images of a RAID volume.
   * @default false
   */
  readonly hidden?: boolean;
}

const columns = [
  ...[
    'vg_name',
    'vg_uuid',
    'lv_name',
    'lv_full_name',
    'lv_uuid',
    'lv_path',
    'lv_dm_path',
    'lv_size',
    'lv_attr',
    'lv_layout',
    'lv_role',
  ],
  ...['lv_kernel_major', 'lv_kernel_minor'],
  ...['segtype', 'chunk_size', 'origin', 'data_percent', 'lv_snapshot_invalid', 'lv_tags', 'lv_time', 'devices'],
];

/** The words of {@link LvsOptions}. */
export const lvsRows: Rows<LvsOptions> = {
  ...lvmCallRows,
  hidden: { kind: 'flag', option: '--all' },
  ...reportSelectionRows,
  volumeGroups: volumeGroupsRow,
  volumes: volumesRow,
};

/** Builds the command of {@link Lvm.lvs}. See lvs(8). */
export function lvsCommand(options: LvsOptions = {}): Command {
  const checked = checkOptions<LvsOptions>(lvsRows, options);
  const { volumeGroups = [], volumes = [], waitForLock } = checked;
  const args = [
    ...reportArguments,
    ...['--options', columns.join(',')],
    ...argumentWords(lvsRows, checked),
    ...selectionWords('lv_tags', checked),
    ...['--', ...volumeGroups, ...volumes],
  ];
  return lvmCommand('lvs', args, { waitForLock, effect: 'read', settings: reportSettings });
}

function percent(text: string | undefined): number | undefined {
  const value = Number(text);
  if (text === undefined) return undefined;
  if (!/^\d+(?:\.\d+)?$/.test(text)) throw new OutputParseError('data_percent is not a number', { text });
  return value;
}

/** A number of the kernel's. LVM writes -1 for what the kernel does not have. */
function kernelNumber(row: ReportRow, name: string): number | undefined {
  const number = parseInteger(name, laterField(row, name) ?? '-1');
  return number < 0 ? undefined : number;
}

function parseVolume(row: ReportRow, devices: readonly string[]): LogicalVolume {
  const attributes = parseLogicalVolumeAttributes(field(row, 'lv_attr'));
  const chunkSizeBytes = parseInteger('chunk_size', field(row, 'chunk_size'));
  const seconds = parseInteger('lv_time', optionalField(row, 'lv_time') ?? '0');
  // 1, 0, and -1 for unknown, as it is also for what is no snapshot.
  const invalid = { 1: true, 0: false }[field(row, 'lv_snapshot_invalid')];
  return {
    name: field(row, 'lv_name'),
    volumeGroup: field(row, 'vg_name'),
    volumeGroupUuid: laterField(row, 'vg_uuid'),
    fullName: field(row, 'lv_full_name'),
    uuid: field(row, 'lv_uuid'),
    path: optionalField(row, 'lv_path'),
    dmPath: field(row, 'lv_dm_path'),
    kernelMajor: kernelNumber(row, 'lv_kernel_major'),
    kernelMinor: kernelNumber(row, 'lv_kernel_minor'),
    sizeBytes: parseInteger('lv_size', field(row, 'lv_size')),
    attributes,
    layout: listField(row, 'lv_layout'),
    roles: listField(row, 'lv_role'),
    segmentType: field(row, 'segtype'),
    chunkSizeBytes: chunkSizeBytes === 0 ? undefined : chunkSizeBytes,
    origin: optionalField(row, 'origin'),
    dataPercent: percent(optionalField(row, 'data_percent')),
    snapshotInvalid: attributes.invalid || invalid,
    tags: listField(row, 'lv_tags'),
    createdAt: seconds === 0 ? undefined : new Date(seconds * 1000),
    devices,
  };
}

/** Reads what the command of {@link Lvm.lvs} prints. */
export function parseLvs(stdout: string): LogicalVolume[] {
  // A volume of several segments has a row for each: they differ in the segments' fields only.
  const volumes = new Map<string, { row: ReportRow; devices: Set<string> }>();
  for (const row of parseReport(stdout, 'lv')) {
    const uuid = field(row, 'lv_uuid');
    const volume = volumes.get(uuid) ?? { row, devices: new Set() };
    for (const device of listField(row, 'devices')) volume.devices.add(device.replace(/\(\d+\)$/, ''));
    volumes.set(uuid, volume);
  }
  return [...volumes.values()].map(({ row, devices }) => parseVolume(row, [...devices]));
}

/** Runs what {@link Lvm.lvs} runs. */
export async function readLogicalVolumes(lvm: CommandRunner, options: LvsOptions): Promise<LogicalVolume[]> {
  const checked = checkOptions<LvsOptions>(lvsRows, options);
  const { volumes = [], volumeGroups: groups = [] } = checked;
  const volumeGroups = [...groups, ...volumes.map((path) => parseVolumePath(path).volumeGroup)];
  return readReport(lvm, checked, { command: lvsCommand(checked), volumeGroups, parse: parseLvs });
}
