import type { Scenario } from '@quiesce/lab/scenario';
import { createGroup, group, releaseLock, removeGroup, takeLock } from './parts/spare-group.js';

const vgckWith = (config: string, ...words: readonly string[]): readonly string[] => {
  return ['vgck', '-qq', '--config', config, ...words];
};
const vgck = (...words: readonly string[]): readonly string[] => vgckWith('log/report_command_log=0', ...words);
/** The disk of the group that all its volumes lie on. With it alone the other one is missing. */
const oneDisk = ['--devices', '/dev/disk/by-id/virtio-spare0'];

export const scenario: Scenario = {
  program: 'lvm',
  env: { LVM_SUPPRESS_FD_WARNINGS: '1' },
  setUp: createGroup,
  cases: [
    { name: 'vgck', args: vgck('--') },
    { name: 'vgck-missing', args: vgck('--', 'nogroup') },
    { name: 'vgck-two-to-update', args: vgck('--updatemetadata', '--', group, 'SSD') },
    { name: 'vgck-missing-disk', args: vgck(...oneDisk, '--', group) },
    { name: 'permission-vgck', user: 'nobody', args: vgck('--', group) },
    {
      name: 'locked-vgck',
      before: takeLock,
      args: vgckWith('log/report_command_log=0 global/wait_for_locks=0', '--', group),
    },
    {
      name: 'vgck-outdated',
      // A disk that was away while the group was changed.
      before: `
        ${releaseLock}
        vgreduce -qq --removemissing --force ${oneDisk.join(' ')} ${group}
      `,
      args: vgck('--', group),
    },
    { name: 'vgck-update', args: vgck('--updatemetadata', '--', group) },
    { name: 'vgck-updated', args: vgck('--', group) },
    {
      name: 'vgck-exported',
      before: `
        vgchange -qq -an ${group}
        vgexport -qq ${group}
      `,
      args: vgck('--', group),
    },
  ],
  tearDown: `
    vgimport -qq ${group}
    ${removeGroup}
  `,
};
