import { rule, ruleWith, type ExitErrorRule } from '@quiesce/command';
import {
  AlreadyMountedError,
  AlreadySharedError,
  DatasetNotMountedError,
  DatasetNotSharedError,
  LegacyShareError,
  MountpointNotEmptyError,
  NotMountedError,
  NotSharedError,
  ShareFailedError,
} from '../errors/mount-errors.js';
import { subject } from './parts-of-a-failure.js';

/** Failures of mounting and sharing. */
export const mountRules: readonly ExitErrorRule[] = [
  ruleWith(
    DatasetNotMountedError,
    // Before it zfs may say why, as `cannot mount '…': permission denied`.
    {
      stderr: /^(?<reason>filesystem successfully created, but (?:not mounted|it may only be mounted by root))$/m,
    },
    ({ reason }, options) => ({ reason, dataset: subject(options) }),
  ),
  ruleWith(
    DatasetNotSharedError,
    { stderr: /^(?<reason>filesystem successfully created, but not shared)$/m },
    ({ reason }, options) => ({ reason, dataset: subject(options) }),
  ),
  ruleWith(
    ShareFailedError,
    // Not where it is shared again because it could not be unmounted.
    {
      stderr:
        /(?<!^cannot unmount [^]*)^cannot share '(?<dataset>[^'\n]+): system error': (?<server>NFS|SMB) share creation failed$/m,
    },
    ({ dataset = '', server }) => {
      const protocol: ShareFailedError['protocol'] = server === 'NFS' ? 'nfs' : 'smb';
      return { dataset, protocol };
    },
  ),
  // Of zpool create, and of mounting.
  rule(MountpointNotEmptyError, /^mountpoint '(?<mountpoint>[^\n]+)' exists and is not empty$/m, ['mountpoint']),
  rule(MountpointNotEmptyError, /^cannot mount '(?<mountpoint>[^'\n]+)': directory is not empty$/m, ['mountpoint']),
  rule(AlreadySharedError, /^cannot share '(?<dataset>[^'\n]+)': filesystem already shared$/m, ['dataset']),
  rule(LegacyShareError, /^cannot (?:un)?share '(?<dataset>[^'\n]+)': legacy (?:share|mountpoint)$/m, ['dataset']),
  rule(NotSharedError, /^cannot unshare '(?<dataset>[^'\n]+)': not currently shared$/m, ['dataset']),
  rule(AlreadyMountedError, /^cannot mount '(?<dataset>[^'\n]+)': filesystem already mounted$/m, ['dataset']),
  rule(NotMountedError, /^cannot unmount '(?<dataset>[^'\n]+)': not currently mounted$/m, ['dataset']),
];
