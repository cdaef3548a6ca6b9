import type { Scenario } from '@quiesce/lab/scenario';
import { createGroup, group, mount, releaseLock, removeGroup, takeLock, unmount } from './parts/spare-group.js';

const format =
  'log/prefix="" log/command_names=0 report/compact_output=0 ' +
  'report/list_item_separator="," report/mark_hidden_devices=0 report/time_format="%s"';
const settings = `log/report_command_log=0 ${format}`;
const lvColumns =
  'vg_name,vg_uuid,lv_name,lv_full_name,lv_uuid,lv_path,lv_dm_path,lv_size,lv_attr,lv_layout,lv_role,' +
  'lv_kernel_major,lv_kernel_minor,segtype,chunk_size,origin,data_percent,lv_snapshot_invalid,lv_tags,lv_time,devices';
const vgColumns =
  'vg_name,vg_uuid,vg_size,vg_free,vg_extent_size,vg_extent_count,vg_free_count,' +
  'pv_count,vg_missing_pv_count,lv_count,snap_count,vg_attr,vg_tags';
const json = ['--reportformat', 'json', '--units', 'b', '--nosuffix', '--binary', '--options'];

const lvsWith = (config: string, ...words: readonly string[]): readonly string[] => {
  return ['lvs', '-qq', '--config', config, ...json, lvColumns, ...words];
};
const lvs = (...words: readonly string[]): readonly string[] => lvsWith(settings, ...words);
const vgs = (...words: readonly string[]): readonly string[] => {
  return ['vgs', '-qq', '--config', settings, ...json, vgColumns, ...words];
};

export const scenario: Scenario = {
  program: 'lvm',
  env: { LVM_SUPPRESS_FD_WARNINGS: '1' },
  setUp: `
    ${createGroup}
    lvcreate -qq --yes -l 8 -n wide ${group} \\
      /dev/disk/by-id/virtio-spare0:100-103 /dev/disk/by-id/virtio-spare1:100-103
    lvcreate -qq --yes --type thin-pool -L 16M -n pool ${group}
    lvcreate -qq --yes --type thin -V 64M -n thin --thinpool pool ${group}
    lvcreate -qq --yes --snapshot -n thin.1 ${group}/thin
  `,
  cases: [
    { name: 'vgs', args: vgs('--') },
    { name: 'lvs-hidden', args: lvs('--all', '--') },
    { name: 'lvs-select', args: lvs('--select', 'lv_tags={"quiesce.run=1"}', '--') },
    { name: 'lvs-none', args: lvs('--select', 'lv_tags={"quiesce.run=none"}', '--') },
    { name: 'lvs-with-log', args: lvsWith(`log/report_command_log=1 ${format}`, '--', `${group}/snap.1`) },
    { name: 'lvs-missing-volume', args: lvs('--', `${group}/nothing`) },
    { name: 'lvs-missing-group', args: lvs('--', 'nogroup') },
    { name: 'lvs-missing-group-of-volume', args: lvs('--', 'nogroup/nothing') },
    { name: 'lvs-one-missing', args: lvs('--', `${group}/snap.1`, `${group}/nothing`) },
    { name: 'vgs-missing', args: vgs('--', 'nogroup') },
    { name: 'select-unknown-comparison', args: lvs('--select', 'lv_tags > 5', '--') },
    { name: 'permission-lvs', user: 'nobody', args: lvs('--') },
    {
      name: 'locked-lvs',
      before: takeLock,
      args: lvsWith(settings.replace('=0', '=0 global/wait_for_locks=0'), '--', group),
    },
    { name: 'lvs-mounted', before: `${releaseLock}\n${mount('snap.1')}`, args: lvs('--', `${group}/snap.1`) },
    {
      name: 'lvs-inactive',
      before: `
        ${unmount}
        lvremove -qq --yes ${group}/thin.1 ${group}/thin ${group}/pool ${group}/cow.1
        lvchange -qq --yes -an ${group}/origin-a
      `,
      args: lvs('--', group),
    },
    {
      name: 'lvs-overflowed',
      before: `
        lvchange -qq --yes -ay ${group}/origin-a
        dd if=/dev/zero of=/dev/${group}/origin-a bs=1M count=16 oflag=direct status=none
      `,
      args: lvs('--', group),
    },
  ],
  tearDown: removeGroup,
};
