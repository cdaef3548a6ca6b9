import type { BackupReport } from '../../lvm-to-zfs-backup/report/report.js';
import { failedRun } from './reports.js';

const long = 'mail-archive-of-the-whole-company-since-1998.production.internal.example.org';
const names = Array.from({ length: 24 }, (_, index) =>
  index % 6 === 0 ? `${long}-${String(index)}` : `guest-${String(index)}`,
);
const [domain] = failedRun.domains;
const [volume, other] = failedRun.volumes;

/** A failed run on many guests and volumes, some with long names, with long problems. */
export const manyRun: BackupReport = {
  ...failedRun,
  target: 'archives/backups/of-the-hypervisors-of-the-branch-office/in-the-basement',
  domains: names.flatMap((name, index) =>
    domain === undefined
      ? []
      : [{ ...domain, name, ...(index === 5 && { resumedAt: undefined, pausedMs: undefined, runningAfter: false }) }],
  ),
  volumes: names.slice(0, 9).flatMap((name, index) => {
    const of = index % 2 === 0 ? volume : other;
    return of === undefined ? [] : [{ ...of, volume: `/dev/SSD/${name}` }];
  }),
  problems: [
    ...failedRun.problems,
    ...names.slice(0, 14).map((name, index) => ({
      ...{ step: 'copy' as const, subject: `/dev/SSD/${name}`, error: 'ExitError', fatal: index % 3 === 0 },
      startedMs: 12_000 + index * 700,
      message: `rsync: [receiver] write failed on "/archives/backups/SSD.${name}/var/lib/libvirt/images/${long}/disk-0.qcow2": No space left on device (28); rsync error: error in file IO (code 11) at receiver.c(381) [receiver=3.2.7]`,
    })),
  ],
  leftovers: [
    { kind: 'domain', name: names[5] ?? '', remedy: `virsh --connect qemu:///system resume -- ${names[6] ?? ''}` },
    {
      ...{ kind: 'lvm-snapshot', name: `/dev/SSD/${long}.1795693551` },
      remedy: `lvchange --deltag quiesce.run=1795693551-b56145a9 SSD/${long} && lvremove --yes /dev/SSD/${long}.1795693551`,
    },
  ],
};
