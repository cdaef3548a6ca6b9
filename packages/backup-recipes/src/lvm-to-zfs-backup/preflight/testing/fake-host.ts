import type { Command } from '@quiesce/command';
import { scriptedTransport, type ScriptedReply, type ScriptedTransport } from '@quiesce/command/testing';
import { wantedPrograms } from '../required-programs.js';

/** A guest of a host that is none. */
export interface FakeGuest {
  readonly name: string;
  readonly uuid: string;
  /** @default 'running' */
  readonly state?: string;
  /** Files, devices and words of its definition. */
  readonly disks: readonly string[];
}

/** What such a host says to the commands of a preflight. */
export interface FakeHost {
  readonly guests: FakeGuest[];
  /** Rows of LVM, by group. */
  readonly groups: Map<string, Record<string, string>[]>;
  readonly volumes: Map<string, Record<string, string>[]>;
  /** Device numbers by path, as stat prints them. */
  readonly files: Map<string, string>;
  /** What blkid prints, by device. */
  readonly contents: Map<string, string>;
  /** Properties of the target, and what `zfs list` says of it. */
  readonly properties: Map<string, string>;
  readonly dataset: { available: string; mounted: string; mountpoint: string };
  /** Lines of /proc/self/mountinfo. */
  mounts: readonly string[];
  programs: readonly string[];
  /** Replies in place of the usual, for commands that one of these texts is in. */
  readonly replies: Map<string, ScriptedReply>;
}

const uuidOf = (guest: number): string => `00000000-0000-4000-8000-${String(guest).padStart(12, '0')}`;

function group(name: string, uuid: string): Record<string, string> {
  return {
    ...{ vg_name: name, vg_uuid: uuid, vg_size: '25765609472', vg_free: '25497174016', vg_extent_size: '4194304' },
    ...{ vg_extent_count: '6143', vg_free_count: '6079', pv_count: '1', vg_missing_pv_count: '0', lv_count: '1' },
    ...{ snap_count: '0', vg_attr: 'wz--n-', vg_tags: '' },
  };
}

function volume(vg: string, name: string): Record<string, string> {
  return {
    ...{ vg_name: vg, lv_name: name, lv_full_name: `${vg}/${name}`, lv_uuid: `${vg}/${name}` },
    ...{ lv_path: `/dev/${vg}/${name}`, lv_dm_path: `/dev/mapper/${vg}-${name}`, lv_size: '268435456' },
    ...{ lv_attr: '-wi-ao----', lv_layout: 'linear', lv_role: 'public', segtype: 'linear', chunk_size: '0' },
    ...{ origin: '', data_percent: '', lv_snapshot_invalid: '-1', lv_tags: '', lv_time: '1', devices: '/dev/vdb(0)' },
  };
}

const ext4 = 'VERSION=1.0\nBLOCK_SIZE=4096\nTYPE=ext4\nUSAGE=filesystem\n';

/** A host that a backup of its two guests can begin on. */
export function goodHost(): FakeHost {
  return {
    guests: [
      { name: 'Server-Tim', uuid: uuidOf(0), disks: ['/srv/raid5/VM.images/Server-Tim.img'] },
      { name: 'MySQL', uuid: uuidOf(1), disks: ['/srv/SSD/images/MySQL.img'] },
    ],
    groups: new Map([
      ['SSD', [group('SSD', 'TXivUI-3nMe-Otev-o900-Qvjb-M3Fd-VAbHwJ')]],
      ['raid5', [group('raid5', 'KlKAM0-ZWNN-9as1-2SVS-OyqV-V9IA-gtN4mR')]],
    ]),
    volumes: new Map([
      ['SSD', [volume('SSD', 'images')]],
      ['raid5', [volume('raid5', 'VM.images')]],
    ]),
    files: new Map([
      ['/dev/SSD/images', '5 61b0 fc:3'],
      ['/dev/raid5/VM.images', '5 61b0 fc:9'],
      ['/srv/SSD/images/MySQL.img', '64515 81a4 0:0'],
      ['/srv/raid5/VM.images/Server-Tim.img', '64521 81a4 0:0'],
      ['/', '2049 41ed 0:0'],
      ['/var/lib/other.img', '2049 81a4 0:0'],
    ]),
    contents: new Map([
      ['/dev/SSD/images', ext4],
      ['/dev/raid5/VM.images', ext4],
    ]),
    properties: new Map(
      Object.entries({
        ...{ acltype: 'posix', canmount: 'on', casesensitivity: 'sensitive', encryptionroot: '-', keystatus: '-' },
        ...{ normalization: 'none', readonly: 'off', utf8only: 'off', xattr: 'sa', quota: '0', refquota: '0' },
      }),
    ),
    dataset: { available: '107374182400', mounted: 'yes', mountpoint: '/archives/backups' },
    mounts: [
      '28 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw',
      '98 28 0:52 / /archives/backups rw,relatime shared:51 - zfs archives/backups rw,xattr,posixacl',
    ],
    programs: wantedPrograms,
    replies: new Map(),
  };
}

function diskXml(disk: string, index: number): string {
  const target = `<target dev='vd${'abcdef'.charAt(index)}'/>`;
  if (!disk.startsWith('/')) return `<disk type='network' device='disk'><source protocol='nbd'/>${target}</disk>`;
  const source = disk.startsWith('/dev/')
    ? `type='block' device='disk'><source dev`
    : `type='file' device='disk'><source file`;
  return `<disk ${source}='${disk}'/>${target}</disk>`;
}

function answerVirsh(guests: readonly FakeGuest[], line: string): string {
  const [verb = ''] = line.split(' ');
  if (verb === 'uri') return 'qemu:///system\n';
  const id = ({ state = 'running' }: FakeGuest, index: number): string => (state === 'shut off' ? '-' : String(index));
  if (verb === 'list')
    return guests.map((guest, index) => `${guest.uuid} ${id(guest, index)} ${guest.name}\n`).join('');
  const guest = guests.find(({ uuid }) => line.includes(uuid));
  if (verb === 'domstate') return `${guest?.state ?? 'running'} (booted)\n`;
  if (verb !== 'dumpxml' || guest === undefined) return '';
  const { name, uuid, disks } = guest;
  const devices = `<devices>${disks.map(diskXml).join('')}</devices>`;
  return `<domain type='kvm'><name>${name}</name><uuid>${uuid}</uuid>${devices}</domain>\n`;
}

function batch(guests: readonly FakeGuest[], lines: string): ScriptedReply {
  let [stdout, stderr] = ['', ''];
  for (const line of lines.split('; ')) {
    const { mark, error } = /^echo (?<error>--err )?(?<mark>\S+)$/.exec(line)?.groups ?? {};
    if (mark === undefined) stdout += `${answerVirsh(guests, line)}\n`;
    else if (error === undefined) stdout += `${mark}\n\n`;
    else stderr += `error: ${mark}\n`;
  }
  return { stdout, stderr };
}

function answerLvm(rows: ReadonlyMap<string, Record<string, string>[]>, kind: string, name: string): ScriptedReply {
  const found = rows.get(name);
  if (found !== undefined) return { stdout: JSON.stringify({ report: [{ [kind]: found }] }) };
  return { exitCode: 5, stderr: `Volume group "${name}" not found\nCannot process volume group ${name}\n` };
}

function answerZfs({ dataset, properties }: FakeHost, args: readonly string[]): ScriptedReply {
  const [verb, last = ''] = [args[0], args.at(-1)];
  const columns = args[args.indexOf('-o') + 1] ?? '';
  if (verb === 'list') {
    if (last.includes('@')) return { exitCode: 1, stderr: `cannot open '${last}': dataset does not exist\n` };
    const { available, mounted, mountpoint } = dataset;
    const row = [last, 'filesystem', '1', available, '1', mounted, '1364083186', mountpoint].join('\t');
    return { stdout: columns === 'name' ? `${last}\n` : `${row}\n` };
  }
  const [wanted = '', ...datasets] = args.slice(args.indexOf('--') + 1);
  const rows = datasets.flatMap((name) =>
    wanted.split(',').map((property) => {
      // What limits the target is set on it, and on the pool above it there is nothing.
      const value = name.includes('/') ? (properties.get(property) ?? '-') : '0';
      return [name, property, value === '-' ? 'none' : 'default', value].join('\t').replace('\tnone\t', '\t-\t');
    }),
  );
  return { stdout: rows.map((row) => `${row}\n`).join('') };
}

function statAll({ files }: FakeHost, paths: string): ScriptedReply {
  const names = paths.split('\0').filter((path) => path !== '');
  const rows = names.flatMap((path) => (files.has(path) ? [`${files.get(path) ?? ''} ${path}\0`] : []));
  return { stdout: rows.join(''), exitCode: rows.length < names.length ? 123 : 0 };
}

const healthyPool = JSON.stringify({
  pools: { archives: { name: 'archives', state: 'ONLINE', pool_guid: '111', vdevs: {}, error_count: '0' } },
});

function answer(host: FakeHost, { args, file, stdin }: Command): ScriptedReply | undefined {
  const last = args.at(-1) ?? '';
  switch (file) {
    case 'virsh':
      return batch(host.guests, last);
    case 'lvm':
      return args[0] === 'vgs' ? answerLvm(host.groups, 'vg', last) : answerLvm(host.volumes, 'lv', last);
    case 'zfs':
      return answerZfs(host, args);
    case 'zpool':
      if (args[0] === 'status') return { stdout: healthyPool };
      return { stdout: 'archives\t111\tONLINE\toff\t1000\t400\t600\t40\t0\n' };
    case 'xargs':
      return statAll(host, typeof stdin === 'string' ? stdin : '');
    case 'blkid':
      return host.contents.has(last) ? { stdout: host.contents.get(last) ?? '' } : { exitCode: 2 };
    case 'dumpe2fs':
      return { stdout: 'Filesystem features:      has_journal extent 64bit\n' };
    case 'cat':
      return { stdout: host.mounts.map((line) => `${line}\n`).join('') };
    case 'sh':
      if (last === '/sys') return { stdout: '252:3 8:16\n252:30 252:3\n' };
      return { stdout: args.filter((program) => host.programs.includes(program)).join('\n') };
    default:
      return undefined;
  }
}

/** A transport to it. */
export function reach(host: FakeHost): ScriptedTransport {
  return scriptedTransport((command) => {
    const words = [command.file, ...command.args].join(' ');
    const [, reply] = [...host.replies].find(([text]) => words.includes(text)) ?? [];
    return reply ?? answer(host, command);
  });
}
