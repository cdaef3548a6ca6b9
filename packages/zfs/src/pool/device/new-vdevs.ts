import {
  checkOptions,
  InvalidArgumentError,
  isPlainObject,
  type ListRow,
  type OtherRow,
  type Rows,
} from '@quiesce/command';
import { newDeviceRow, newDevicesRow } from './device-rows.js';

/** One device or file by itself, without another that has the same data. */
export interface NewDisk {
  readonly type: 'disk';
  /** Its path, or its name below `/dev`. A path below `/dev/disk/by-id` stays the same. */
  readonly device: string;
}

/** Devices that all have the same data. */
export interface NewMirror {
  readonly type: 'mirror';
  /** Two devices or more. */
  readonly devices: readonly string[];
}

/** Devices of which one, two or three may fail. */
export interface NewRaidz {
  readonly type: 'raidz1' | 'raidz2' | 'raidz3';
  /** At least one more than may fail. */
  readonly devices: readonly string[];
}

/** Devices of which some may fail, with spares spread over all of them. */
export interface NewDraid {
  readonly type: 'draid';
  /**
   * How many may fail.
   * @default 1
   */
  readonly parity?: 1 | 2 | 3;
  /**
   * Devices with data in each group.
   * @default 8, or less where there are fewer devices
   */
  readonly dataDevices?: number;
  /**
   * Distributed spares.
   * @default 0
   */
  readonly spares?: number;
  /** All devices. */
  readonly devices: readonly string[];
}

/** A vdev to make, for data. */
export type NewVdev = NewDisk | NewMirror | NewRaidz | NewDraid;

/** A vdev to make, for a log: zpool takes no raidz for it. */
export type NewLogVdev = NewDisk | NewMirror;

/** Vdevs to make for other things than data. */
export interface NewAuxiliaryVdevs {
  /** For metadata, and small blocks of file systems with `special_small_blocks`. */
  readonly special?: readonly NewVdev[];
  /** For the table of deduplication. */
  readonly dedup?: readonly NewVdev[];
  /** For synchronous writes. */
  readonly log?: readonly NewLogVdev[];
  /** Devices that cache what is read. */
  readonly cache?: string | readonly string[];
  /** Devices that take the place of one that failed. */
  readonly spare?: string | readonly string[];
}

const devices: Omit<ListRow<string>, 'guard' | 'required'> & { readonly required: true } = {
  kind: 'list',
  each: newDeviceRow,
  required: true,
};

const fewest: Readonly<Record<string, number>> = { mirror: 2, raidz1: 2, raidz2: 3, raidz3: 4 };

function checkParity(argument: string, value: unknown): 1 | 2 | 3 {
  if (value === 1 || value === 2 || value === 3) return value;
  throw new InvalidArgumentError({ argument, value, expected: '1, 2 or 3' });
}

const diskRows: Rows<Omit<NewDisk, 'type'>> = { device: { ...newDeviceRow, required: true } };
const groupRows: Rows<Omit<NewMirror, 'type'>> = { devices };
const draidRows: Rows<Omit<NewDraid, 'type'>> = {
  parity: { kind: 'other', check: checkParity, sample: 1 },
  dataDevices: { kind: 'integer', minimum: 1, maximum: 255 },
  spares: { kind: 'integer', maximum: 100 },
  devices,
};

/** Puts the place of a part before what its error names. */
function within<Value>(place: string, check: () => Value): Value {
  try {
    return check();
  } catch (error) {
    if (!InvalidArgumentError.isInstance(error)) throw error;
    const { argument, expected, value } = error;
    throw new InvalidArgumentError({ argument: `${place}.${argument}`, value, expected });
  }
}

function checkVdev(place: string, value: unknown, types: readonly string[]): NewVdev {
  if (!isPlainObject(value)) {
    const expected = "a vdev, as { type: 'mirror', devices: ['sdb', 'sdc'] }";
    throw new InvalidArgumentError({ argument: place, value, expected });
  }
  const { type, ...rest } = value;
  if (typeof type !== 'string' || !types.includes(type)) {
    throw new InvalidArgumentError({ argument: `${place}.type`, value: type, expected: types.join(' or ') });
  }
  const rows = type === 'disk' ? diskRows : type === 'draid' ? draidRows : groupRows;
  const checked = within(place, () => checkOptions<object>(rows as never, rest));
  const least = fewest[type] ?? 1;
  if ('devices' in checked && (checked.devices as readonly string[]).length < least) {
    const expected = `${String(least)} devices or more`;
    throw new InvalidArgumentError({ argument: `${place}.devices`, value: checked.devices, expected });
  }
  return { type, ...checked } as NewVdev;
}

function checkVdevs(argument: string, value: unknown, types: readonly string[]): readonly NewVdev[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new InvalidArgumentError({ argument, value, expected: 'a list of one vdev or more' });
  }
  return Array.from(value as unknown[], (part, index) => checkVdev(`${argument}[${String(index)}]`, part, types));
}

const logTypes = ['disk', 'mirror'];
const dataTypes = [...logTypes, 'raidz1', 'raidz2', 'raidz3', 'draid'];
const sample = { type: 'mirror', devices: ['sdb', 'sdc'] } as const;

/** The row of vdevs for data. The builder writes them. */
export const newVdevsRow: Omit<OtherRow<readonly NewVdev[]>, 'required' | 'guard'> = {
  kind: 'other',
  check: (argument, value) => checkVdevs(argument, value, dataTypes),
  sample: [sample],
};

const newLogVdevsRow: Omit<OtherRow<readonly NewLogVdev[]>, 'required' | 'guard'> = {
  kind: 'other',
  check: (argument, value) => checkVdevs(argument, value, logTypes) as readonly NewLogVdev[],
  sample: [sample],
};

/** The rows of {@link NewAuxiliaryVdevs}. {@link newVdevWords} writes their words. */
export const auxiliaryRows: Rows<NewAuxiliaryVdevs> = {
  special: newVdevsRow,
  dedup: newVdevsRow,
  log: newLogVdevsRow,
  cache: newDevicesRow,
  spare: newDevicesRow,
};

function draidWord({ dataDevices, devices: all, parity = 1, spares = 0 }: NewDraid): string {
  const data = dataDevices === undefined ? '' : `:${String(dataDevices)}d`;
  return `draid${String(parity)}${data}:${String(all.length)}c:${String(spares)}s`;
}

function wordsOf(vdev: NewVdev): readonly string[] {
  if (vdev.type === 'disk') return [vdev.device];
  return [vdev.type === 'draid' ? draidWord(vdev) : vdev.type, ...vdev.devices];
}

/** What {@link newVdevWords} writes: vdevs that were checked. */
export interface CheckedVdevs extends Omit<NewAuxiliaryVdevs, 'cache' | 'spare'> {
  readonly vdevs?: readonly NewVdev[];
  readonly cache?: readonly string[];
  readonly spare?: readonly string[];
}

// Disks first: one after a mirror would become a part of the mirror.
function groupWords(all: readonly NewVdev[]): string[] {
  const disks = all.filter(({ type }) => type === 'disk');
  return [...disks, ...all.filter(({ type }) => type !== 'disk')].flatMap(wordsOf);
}

/** The words of vdevs, those for data first. */
export function newVdevWords({ vdevs = [], special, dedup, log, cache, spare }: CheckedVdevs): string[] {
  return [
    ...groupWords(vdevs),
    ...(special === undefined ? [] : ['special', ...groupWords(special)]),
    ...(dedup === undefined ? [] : ['dedup', ...groupWords(dedup)]),
    ...(log === undefined ? [] : ['log', ...groupWords(log)]),
    ...(cache === undefined ? [] : ['cache', ...cache]),
    ...(spare === undefined ? [] : ['spare', ...spare]),
  ];
}
