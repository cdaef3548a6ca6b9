import { rule, ruleWith, type ExitErrorRule } from '@quiesce/command';
import {
  DeviceInUseError,
  DeviceNotFoundError,
  DeviceTooSmallError,
  InvalidVdevError,
  NotEnoughReplicasError,
} from '../errors/device-errors.js';
import { InvalidPropertyError } from '../errors/property-errors.js';

/** What follows a line that only says whether `-f` would help. */
function listedBelow(stderr: string): string | undefined {
  const [, below] = /following errors?:\n([^]+)/.exec(stderr) ?? [];
  return below?.trim().replaceAll(/\s*\n\s*/g, '; ');
}

const partOf = (fits: RegExp): ExitErrorRule =>
  ruleWith(DeviceInUseError, { stderr: fits }, ({ device = '', pool }, { stderr }) => ({
    device,
    pool,
    reason: listedBelow(stderr),
  }));

/** Failures over devices and what is made of them. */
export const deviceRules: readonly ExitErrorRule[] = [
  partOf(/^(?<device>\/.+) is part of [\w ]+ pool '(?<pool>[^'\n]+)'$/m),
  partOf(/^(?<device>\/.+) is a member (?:\([A-Z]+\) )?of (?:\w+ )?pool "(?<pool>[^"\n]+)"$/m),
  partOf(/^(?<device>\/.+) contains a filesystem of type '[^'\n]+'$/m),
  // With -f of what is mounted: a partition or the like, and a whole disk.
  partOf(/^cannot open '(?<device>.+)': Device or resource busy$/m),
  partOf(/^(?<device>\/.+) is in use and contains a .+ filesystem\.$/m),
  rule(DeviceNotFoundError, /^cannot resolve path '(?<device>.+)'$/m, ['device']),
  rule(DeviceNotFoundError, /^cannot open '(?<device>.+)': no such device in \/dev$/m, ['device']),
  rule(DeviceNotFoundError, /^failed to open (?<device>.+): No such file or directory$/m, ['device']),
  rule(DeviceNotFoundError, /^cannot attach .+ to (?<device>.+): no such device in pool$/m, ['device']),
  rule(DeviceNotFoundError, /^cannot replace (?<device>.+) with .+: no such device in pool$/m, ['device']),
  rule(
    DeviceNotFoundError,
    /^cannot (?:offline|online|detach|remove|clear errors for|determine indirect size of) (?<device>.+): no such device in pool$/m,
    ['device'],
  ),
  rule(DeviceNotFoundError, /^couldn't find device "(?<device>.+)" in pool "[^"\n]+"$/m, ['device']),
  rule(NotEnoughReplicasError, /^cannot (?:offline|detach) (?<device>.+): no valid replicas$/m, ['device']),
  rule(DeviceTooSmallError, /: (?:device is too small|one or more devices is less than the minimum size .*)$/m, []),
  ruleWith(
    InvalidVdevError,
    {
      stderr:
        /^invalid vdev specification|: one or more vdevs refer to the same device|: must be a block device or regular file$|^Unable to split .+: (?:Device list must|Source pool must)/m,
    },
    (_, { stderr }) => ({ forceable: /^use '-f' to override/m.test(stderr), reason: listedBelow(stderr) }),
  ),
  rule(InvalidPropertyError, /^property '(?<property>[^'\n]+)' is not a valid /m, ['property']),
  rule(InvalidPropertyError, /^invalid '(?<property>[^'=\n]+)=[^\n]*' property: /m, ['property']),
  ruleWith(
    InvalidPropertyError,
    { stderr: /^cannot create '[^'\n]+': feature '(?<feature>[^'\n]+)' unsupported/m },
    ({ feature = '' }) => ({ property: `feature@${feature}` }),
  ),
  rule(InvalidPropertyError, /^cannot create '[^'\n]+': property '(?<property>[^'\n]+)' can only be/m, ['property']),
];
