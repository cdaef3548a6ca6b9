import { checkArgument, InvalidArgumentError, type OneOrManyRow, type TextRow } from '@quiesce/command';

const name = '[A-Za-z0-9+_.][A-Za-z0-9+_.-]*';
const namePattern = new RegExp(`^(?!\\.\\.?$)${name}$`);
const pathPattern = new RegExp(`^(?:/dev/)?(?<volumeGroup>${name})/(?<name>${name})$`);
// A hyphen inside a name is doubled there, so the single one is what divides them.
const mapperPattern = /^\/dev\/mapper\/(?<volumeGroup>(?:[A-Za-z0-9+_.]|--)+)-(?<name>(?:[A-Za-z0-9+_.]|--)+)$/;
const tagPattern = /^[A-Za-z0-9_+./=!:&#][A-Za-z0-9_+./=!:&#-]*$/;
const reserved =
  /^(?:snapshot|pvmove)|_(?:cdata|cmeta|corig|cpool|cvol|imeta|iorig|mimage|mlog|pmspare|rimage|rmeta|tdata|tmeta|vdata|vorigin|wcorig)/;

// Device-mapper's names have at most 127 bytes, and LVM keeps one of them free.
const maximumMapperBytes = 127;

/** A logical volume by its names. */
export interface VolumePath {
  /** Name of the volume group. */
  readonly volumeGroup: string;
  /** Name of the logical volume. */
  readonly name: string;
}

/** Checks the name of a volume group, as `SSD`. */
export function checkVolumeGroup(argument: string, value: string): string {
  const expected = 'the name of a volume group: letters, digits and + _ . -, 127 bytes at most';
  return checkArgument(argument, value, { pattern: namePattern, expected, maximumBytes: 127 });
}

/** Checks the name of a logical volume without its group. */
export function checkVolumeName(argument: string, value: string): string {
  const expected = 'the name of a logical volume: letters, digits and + _ . -';
  return checkArgument(argument, value, { pattern: namePattern, expected });
}

/** Checks a tag, as `quiesce.run=1`. */
export function checkTag(argument: string, value: string): string {
  const expected = 'a tag: letters, digits and _ + . - / = ! : & #, not beginning with -, 1024 bytes at most';
  return checkArgument(argument, value, { pattern: tagPattern, expected, maximumBytes: 1024 });
}

/** Takes a volume's path apart, and names the argument that it came from when it can't be one. */
function checkVolume(argument: string, value: string): VolumePath {
  const expected = 'a logical volume as group/volume, /dev/group/volume or /dev/mapper/group-volume';
  const inMapper = typeof value === 'string' && value.startsWith('/dev/mapper/');
  const pattern = inMapper ? mapperPattern : pathPattern;
  const groups = pattern.exec(checkArgument(argument, value, { pattern, expected }))?.groups ?? {};
  const plain = (text = ''): string => (inMapper ? text.replaceAll('--', '-') : text);
  const path = { volumeGroup: plain(groups['volumeGroup']), name: plain(groups['name']) };
  if (namePattern.test(path.volumeGroup) && namePattern.test(path.name)) return path;
  throw new InvalidArgumentError({ argument, value, expected });
}

/**
 * Takes a volume's path apart: `SSD/images`, `/dev/SSD/images`, or `/dev/mapper/SSD-images` with
 * its doubled hyphens.
 *
 * @throws `InvalidArgumentError` for anything else.
 *
 * @example
 * ```ts
 * parseVolumePath('/dev/mapper/vg--0-VM.images'); // { volumeGroup: 'vg-0', name: 'VM.images' }
 * ```
 */
export function parseVolumePath(path: string): VolumePath {
  return checkVolume('path', path);
}

/** How device-mapper writes a name: a single hyphen divides names, so those inside are doubled. */
const mangled = (text: string): string => text.replaceAll('-', '--');

/**
 * Tells device-mapper's path of a volume, as `dmPath` of {@link LogicalVolume} is. It need not
 * exist.
 *
 * @throws `InvalidArgumentError` for a name that can't be one.
 *
 * @example
 * ```ts
 * mapperPath({ volumeGroup: 'vg-0', name: 'images' }); // '/dev/mapper/vg--0-images'
 * ```
 */
export function mapperPath({ volumeGroup, name: volume }: VolumePath): string {
  const group = checkVolumeGroup('volumeGroup', volumeGroup);
  return `/dev/mapper/${mangled(group)}-${mangled(checkVolumeName('name', volume))}`;
}

const devicePattern = /^(?<volumeGroup>(?:[A-Za-z0-9+_.]|--)+)-(?<name>(?:[A-Za-z0-9+_.]|--)+)(?:-[a-z]+)?$/;

/**
 * The volume that one of device-mapper's devices is part of: `SSD/images.1` for `SSD-images.1`, and
 * for `SSD-images.1-cow`, where its data lies. The name itself if it is no volume's.
 */
export function volumeOfDevice(device: string): string {
  const { volumeGroup, name } = devicePattern.exec(device)?.groups ?? {};
  if (volumeGroup === undefined || name === undefined) return device;
  return `${volumeGroup}/${name}`.replaceAll('--', '-');
}

/** A volume as LVM's commands take it: `SSD/images`. */
function volumeArgument(argument: string, value: string): string {
  const path = checkVolume(argument, value);
  return `${path.volumeGroup}/${path.name}`;
}

/**
 * Checks that device-mapper can hold the names that LVM makes of a volume's: it finds out about the
 * longer ones while the origin is being suspended, and then asks for manual intervention.
 */
export function checkMapperName(argument: string, path: VolumePath, suffix: '-cow' | '-real' | '-'): void {
  const excess = `${mangled(path.volumeGroup)}-${mangled(path.name)}${suffix}`.length - maximumMapperBytes;
  if (excess <= 0) return;
  const expected = `a name that is ${String(excess)} bytes shorter (hyphens count twice, also those of the group)`;
  throw new InvalidArgumentError({ argument, value: path.name, expected });
}

/** Checks the name of a volume that is to be made. */
export function checkNewVolume(argument: string, path: VolumePath, suffix: '-cow' | '-'): string {
  checkVolumeName(argument, path.name);
  if (reserved.test(path.name)) {
    throw new InvalidArgumentError({
      argument,
      value: path.name,
      expected: 'a name that LVM does not reserve for itself',
    });
  }
  checkMapperName(argument, path, suffix);
  return path.name;
}

type NamesRow = Omit<OneOrManyRow<string>, 'required' | 'guard'>;

/** The row of one volume group. */
export const volumeGroupRow: TextRow = { kind: 'text', check: checkVolumeGroup, sample: 'SSD' };

/** The row of one volume, which becomes `SSD/images`. */
export const volumeRow: TextRow = { kind: 'text', check: volumeArgument, sample: '/dev/SSD/images' };

/** The row of volume groups. */
export const volumeGroupsRow: NamesRow = { kind: 'one-or-many', each: volumeGroupRow };

/** The row of volumes. */
export const volumesRow: NamesRow = { kind: 'one-or-many', each: volumeRow };

/** The row of tags. */
export const tagsRow: NamesRow = {
  kind: 'one-or-many',
  each: { kind: 'text', check: checkTag, sample: 'quiesce.run=1' },
};
