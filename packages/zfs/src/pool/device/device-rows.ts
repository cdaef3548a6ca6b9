import { checkArgument, InvalidArgumentError, type OneOrManyRow, type TextRow } from '@quiesce/command';

const devicePattern = /^(?:\/[^\p{Cc}]+|[A-Za-z0-9][A-Za-z0-9_.:+-]*)$/u;
const groupingPattern = /^(?:(?:mirror|spare|log|cache|special|dedup)$|raidz|draid)/;

function checkDevice(argument: string, value: string): string {
  return checkArgument(argument, value, {
    pattern: devicePattern,
    expected: 'a device of the pool by its path, name or guid, or a vdev as mirror-0',
  });
}

const newDevice = 'the path of a device or file, or the name of a device below /dev, as sdb';

/** Checks a device or file that is to become part of a pool. */
function checkNewDevice(argument: string, value: string, expected = newDevice): string {
  const device = checkArgument(argument, value, { pattern: devicePattern, expected });
  // zpool would begin a vdev of that kind.
  if (groupingPattern.test(device)) throw new InvalidArgumentError({ argument, value, expected });
  return device;
}

/** The row of one device or vdev of a pool. */
export const deviceRow: Omit<TextRow, 'required' | 'guard'> = { kind: 'text', check: checkDevice, sample: 'sdb' };

/** The row of devices and vdevs of a pool. */
export const devicesRow: Omit<OneOrManyRow<string>, 'required' | 'guard'> = { kind: 'one-or-many', each: deviceRow };

/** The row of one device or file that is to become part of a pool. */
export const newDeviceRow: Omit<TextRow, 'required' | 'guard'> = {
  kind: 'text',
  check: (argument, value) => checkNewDevice(argument, value),
  sample: '/dev/disk/by-id/wwn-0x5000',
};

// The places of a spare that is spread over the devices of a draid.
const spreadSparePattern = /^draid[123]-\d+-\d+$/;

/** The row of what takes the place of a device. */
export const replacementRow: typeof newDeviceRow = {
  ...newDeviceRow,
  check: (argument, value) =>
    spreadSparePattern.test(value)
      ? value
      : checkNewDevice(argument, value, `${newDevice}, or a distributed spare of a draid, as draid1-0-0`),
};

/** The row of devices and files that are to become parts of a pool. */
export const newDevicesRow: Omit<OneOrManyRow<string>, 'required' | 'guard'> = {
  kind: 'one-or-many',
  each: newDeviceRow,
};
