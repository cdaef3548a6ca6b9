import { InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { recorded, releases } from '@quiesce/lab/recorded';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogicalVolume } from './logical-volume.js';
import { mapperPath } from '../names.js';
import { lvsCommand, parseLvs, type LvsOptions } from './lvs.js';

const settings =
  'log/report_command_log=0 log/prefix="" log/command_names=0 report/compact_output=0 ' +
  'report/list_item_separator="," report/mark_hidden_devices=0 report/time_format="%s"';
const columns =
  'vg_name,vg_uuid,lv_name,lv_full_name,lv_uuid,lv_path,lv_dm_path,lv_size,lv_attr,lv_layout,lv_role,' +
  'lv_kernel_major,lv_kernel_minor,segtype,chunk_size,origin,data_percent,lv_snapshot_invalid,lv_tags,lv_time,devices';
const report = ['--reportformat', 'json', '--units', 'b', '--nosuffix', '--binary', '--options', columns];

describe('lvsCommand', () => {
  it('builds the defaults', () => {
    expect(lvsCommand()).toEqual({
      file: 'lvm',
      args: ['lvs', '-qq', '--config', settings, ...report, '--'],
      env: { LVM_SUPPRESS_FD_WARNINGS: '1' },
      effect: 'read',
      stop: 'kill',
    });
  });

  it('builds all options', () => {
    const { args } = lvsCommand({
      volumes: ['/dev/SSD/images', '/dev/mapper/vg--0-a'],
      volumeGroups: ['raid5'],
      hidden: true,
      tags: ['quiesce.run=1'],
      select: 'lv_size > 1g',
      waitForLock: false,
    });
    expect(args).toEqual([
      ...['lvs', '-qq', '--config', settings.replace('=0', '=0 global/wait_for_locks=0'), ...report, '--all'],
      ...['--select', 'lv_tags={"quiesce.run=1"} && (lv_size > 1g)', '--', 'raid5', 'SSD/images', 'vg-0/a'],
    ]);
  });

  it.each<[string, LvsOptions]>([
    ['a group among the volumes', { volumes: ['SSD'] }],
    ['a volume among the groups', { volumeGroups: ['SSD/images'] }],
    ['an option', { volumeGroups: ['-a'] }],
    ['a tag', { volumeGroups: ['@tag'] }],
    ['a name with a blank', { volumes: ['SSD/a b'] }],
    ['an empty name', { volumeGroups: [''] }],
  ])('refuses %s', (_what, options) => {
    expect(() => lvsCommand(options)).toThrow(InvalidArgumentError);
  });
});

describe.each(releases('lvm'))('parseLvs on %s', (release) => {
  const volumes = (fixture: string): Map<string, LogicalVolume> =>
    new Map(parseLvs(recorded(release, fixture).stdout).map((volume) => [volume.fullName, volume]));
  const all = volumes('lvs-hidden');

  it('reads a snapshot', () => {
    const snapshot = all.get('quiesce-lvm/snap.1');
    expect(snapshot).toEqual({
      name: 'snap.1',
      volumeGroup: 'quiesce-lvm',
      fullName: 'quiesce-lvm/snap.1',
      uuid: expect.stringMatching(/^\w{6}(?:-\w{4}){5}-\w{6}$/) as string,
      path: '/dev/quiesce-lvm/snap.1',
      dmPath: '/dev/mapper/quiesce--lvm-snap.1',
      sizeBytes: 8_388_608,
      attributes: {
        text: 'swi-a-s---',
        kind: 'snapshot',
        permissions: 'writeable',
        state: 'active',
        open: false,
        health: 'ok',
        merging: false,
        invalid: false,
      },
      layout: ['linear'],
      roles: ['public', 'snapshot', 'thicksnapshot'],
      segmentType: 'linear',
      chunkSizeBytes: 524_288,
      origin: 'origin-a',
      dataPercent: 0,
      snapshotInvalid: false,
      tags: ['quiesce.run=1', 'x/y=z'],
      createdAt: expect.any(Date) as Date,
      devices: [expect.stringMatching(/^\/dev\/vd[a-z]$/) as string],
      volumeGroupUuid: expect.stringMatching(/^\w{6}(?:-\w{4}){5}-\w{6}$/) as string,
      kernelMajor: expect.any(Number) as number,
      kernelMinor: expect.any(Number) as number,
    });
    expect(snapshot?.createdAt?.getUTCFullYear()).toBe(2026);
  });

  it('reads the path of device-mapper that mapperPath gives', () => {
    const volumes = [...all.values()];
    expect(volumes.map(({ dmPath }) => dmPath)).toEqual(volumes.map(mapperPath));
  });

  it('reads an origin, and a plain volume', () => {
    expect(all.get('quiesce-lvm/origin-a')).toMatchObject({
      attributes: { kind: 'origin' },
      roles: ['public', 'origin', 'thickorigin'],
      chunkSizeBytes: undefined,
      origin: undefined,
      dataPercent: undefined,
      snapshotInvalid: undefined,
      tags: ['b', 'own:er'],
    });
    expect(all.get('quiesce-lvm/cow.1')).toMatchObject({
      attributes: { kind: 'plain' },
      tags: ['quiesce.run=2'],
      roles: ['public'],
    });
  });

  it('makes one volume of the rows of several segments', () => {
    const wide = parseLvs(recorded(release, 'lvs-hidden').stdout).filter(({ name }) => name === 'wide');
    expect(wide).toHaveLength(1);
    expect(wide[0]).toMatchObject({ sizeBytes: 8 * 4_194_304, segmentType: 'linear' });
    expect(wide[0]?.devices).toHaveLength(2);
  });

  it('reads RAID and what it is made of', () => {
    expect(all.get('raid5/VM.images')).toMatchObject({
      attributes: { kind: 'raid', health: 'ok' },
      layout: ['raid', 'raid5', 'raid5_ls'],
      segmentType: 'raid5',
      devices: ['VM.images_rimage_0', 'VM.images_rimage_1', 'VM.images_rimage_2'],
    });
    expect(all.get('raid5/VM.images_rimage_0')).toMatchObject({
      name: 'VM.images_rimage_0',
      path: undefined,
      attributes: { kind: 'image' },
      roles: ['private', 'raid', 'image'],
    });
  });

  it('reads thin volumes', () => {
    expect(all.get('quiesce-lvm/pool')).toMatchObject({ attributes: { kind: 'thin-pool' }, segmentType: 'thin-pool' });
    expect(all.get('quiesce-lvm/thin')).toMatchObject({
      attributes: { kind: 'thin' },
      dataPercent: 0,
      origin: undefined,
    });
    expect(all.get('quiesce-lvm/thin.1')).toMatchObject({
      attributes: { kind: 'thin' },
      origin: 'thin',
      snapshotInvalid: undefined,
    });
  });

  it('reads a snapshot that overflowed', () => {
    expect(volumes('lvs-overflowed').get('quiesce-lvm/snap.1')).toMatchObject({
      snapshotInvalid: true,
      attributes: { kind: 'snapshot', state: 'invalid-snapshot', invalid: true },
    });
  });

  it('can not tell of a snapshot that is not active', () => {
    expect(volumes('lvs-inactive').get('quiesce-lvm/snap.1')).toMatchObject({
      snapshotInvalid: undefined,
      dataPercent: undefined,
      attributes: { kind: 'snapshot', state: 'inactive' },
    });
  });

  it('reads a mounted snapshot', () => {
    expect([...volumes('lvs-mounted').values()]).toMatchObject([{ name: 'snap.1', attributes: { open: true } }]);
  });

  it('reads what a selection left, and nothing', () => {
    expect([...volumes('lvs-select').keys()]).toEqual(['quiesce-lvm/snap.1']);
    expect(parseLvs(recorded(release, 'lvs-none').stdout)).toEqual([]);
  });

  it('reads a report with a log', () => {
    expect([...volumes('lvs-with-log').keys()]).toEqual(['quiesce-lvm/snap.1']);
  });

  it('reads on past advice that LVM prints between the lines', () => {
    const lines = recorded(release, 'lvs-hidden').stdout.split('\n');
    const advice =
      '  Consider pruning SSD VG archive with more then 6 MiB in 8206 files (see archiving settings in lvm.conf).';
    fc.assert(
      fc.property(fc.integer({ min: 0, max: lines.length }), (place) => {
        const text = [...lines.slice(0, place), advice, ...lines.slice(place)].join('\n');
        expect(parseLvs(text)).toEqual([...all.values()]);
      }),
    );
  });

  it('refuses a report that was cut off', () => {
    const text = recorded(release, 'lvs-hidden').stdout.trimEnd();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), (length) => {
        expect(() => parseLvs(text.slice(0, length))).toThrow(OutputParseError);
      }),
    );
  });
});

describe('parseLvs', () => {
  const row = {
    ...{
      vg_name: 'v',
      lv_name: 'l',
      lv_full_name: 'v/l',
      lv_uuid: 'u',
      lv_path: '/dev/v/l',
      lv_dm_path: '/dev/mapper/v-l',
    },
    ...{
      lv_size: '4194304',
      lv_attr: 'swi-a-s---',
      lv_layout: 'linear',
      lv_role: 'public',
      segtype: 'linear',
      chunk_size: '4096',
    },
    ...{
      origin: 'o',
      data_percent: '12.34',
      lv_snapshot_invalid: '0',
      lv_tags: '',
      lv_time: '0',
      devices: '/dev/sda(0)',
    },
  };
  const text = (changed: object): string => JSON.stringify({ report: [{ lv: [{ ...row, ...changed }] }] });

  it('passes over fields and sections that it does not know', () => {
    const [volume] = parseLvs(JSON.stringify({ report: [{ pv: [], lv: [{ ...row, later: 'x' }] }], later: {} }));
    expect(volume).toMatchObject({ dataPercent: 12.34, tags: [], createdAt: undefined });
  });

  it('believes the attributes where the field can not tell', () => {
    const [volume] = parseLvs(text({ lv_attr: 'swi-I-s---', lv_snapshot_invalid: '-1', data_percent: '100.00' }));
    expect(volume?.snapshotInvalid).toBe(true);
  });

  it('reads the group and the device of a volume by their numbers', () => {
    const vg_uuid = 'TXivUI-3nMe-Otev-o900-Qvjb-M3Fd-VAbHwJ';
    const [active] = parseLvs(text({ vg_uuid, lv_kernel_major: '252', lv_kernel_minor: '0' }));
    expect(active).toMatchObject({ volumeGroupUuid: vg_uuid, kernelMajor: 252, kernelMinor: 0 });
    const [inactive] = parseLvs(text({ vg_uuid, lv_kernel_major: '-1', lv_kernel_minor: '-1' }));
    expect(inactive).toMatchObject({ kernelMajor: undefined, kernelMinor: undefined });
  });

  it('reads a report that was not asked for them', () => {
    const [volume] = parseLvs(text({}));
    expect(volume).toMatchObject({ volumeGroupUuid: undefined, kernelMajor: undefined, kernelMinor: undefined });
  });

  it('reads on past advice around the report, and a log in it', () => {
    const report = JSON.stringify({ report: [{ lv: [row] }] }, undefined, 2).replaceAll(
      /\{\s+"vg_name[^}]*\}/g,
      (found) => found.replaceAll(/\s*\n\s*/g, ' '),
    );
    const log = '"log": [\n{"log_seq_num":"1", "log_type":"status", "log_message":"success"}\n]';
    const advice =
      '  Reading VG shared_vg1 without a lock.\n  WARNING: Not using lvmetad because duplicate PVs were found.\n';
    const withLog = report.replace(/\n\}$/, `\n,\n${log}\n}`);
    expect(parseLvs(`${advice}${withLog}\n${advice}`)).toEqual(parseLvs(report));
  });

  it.each([
    ['a device number that is none', { lv_kernel_minor: 'x' }],
    ['a size past what a number holds', { lv_size: '9007199254740993' }],
    ['a size with a unit', { lv_size: '4.00m' }],
    ['a percentage that is none', { data_percent: 'full' }],
    ['a time for people', { lv_time: '2026-11-23 15:50:22 +0000' }],
    ['a missing field', { lv_attr: undefined }],
    ['a field that is no text', { lv_tags: ['a'] }],
  ])('refuses %s', (_what, changed) => {
    expect(() => parseLvs(text(changed))).toThrow(OutputParseError);
  });

  it.each(['', 'Segmentation fault', '{}', '{"report":{}}', '[]', 'null'])('refuses %j', (stdout) => {
    expect(() => parseLvs(stdout)).toThrow(OutputParseError);
  });
});
