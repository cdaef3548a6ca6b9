import { InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { recorded, releaseOn, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { parseVgs, vgsCommand } from './vgs.js';

const settings =
  'log/report_command_log=0 log/prefix="" log/command_names=0 report/compact_output=0 ' +
  'report/list_item_separator="," report/mark_hidden_devices=0 report/time_format="%s"';
const columns =
  'vg_name,vg_uuid,vg_size,vg_free,vg_extent_size,vg_extent_count,vg_free_count,' +
  'pv_count,vg_missing_pv_count,lv_count,snap_count,vg_attr,vg_tags';
const report = ['--reportformat', 'json', '--units', 'b', '--nosuffix', '--binary', '--options', columns];

describe('vgsCommand', () => {
  it('builds the defaults', () => {
    expect(vgsCommand()).toEqual({
      file: 'lvm',
      args: ['vgs', '-qq', '--config', settings, ...report, '--'],
      env: { LVM_SUPPRESS_FD_WARNINGS: '1' },
      effect: 'read',
      stop: 'kill',
    });
  });

  it('builds all options', () => {
    const options = { volumeGroups: ['SSD', 'raid5'], tags: ['a'], select: 'vg_free > 1g', waitForLock: false };
    expect(vgsCommand(options).args).toEqual([
      ...['vgs', '-qq', '--config', settings.replace('=0', '=0 global/wait_for_locks=0'), ...report],
      ...['--select', 'vg_tags={"a"} && (vg_free > 1g)', '--', 'SSD', 'raid5'],
    ]);
  });

  it.each(['', '-a', 'a b', '/dev/SSD', 'SSD/images', '@tag', 'a\n'])('refuses %j', (name) => {
    expect(() => vgsCommand({ volumeGroups: [name] })).toThrow(InvalidArgumentError);
  });
});

describe.each(releases('lvm'))('parseVgs on %s', (release) => {
  const groups = parseVgs(recorded(release, 'vgs').stdout);

  it('reads every group', () => {
    expect(groups.map(({ name }) => name).sort()).toEqual(['SSD', 'quiesce-lvm', 'raid5']);
  });

  it('reads all of one', () => {
    const group = groups.find(({ name }) => name === 'quiesce-lvm');
    expect(group).toEqual({
      name: 'quiesce-lvm',
      uuid: expect.stringMatching(/^\w{6}(?:-\w{4}){5}-\w{6}$/) as string,
      sizeBytes: 1022 * 4_194_304,
      freeBytes: (group?.freeExtents ?? 0) * 4_194_304,
      extentSizeBytes: 4_194_304,
      extents: 1022,
      freeExtents: expect.any(Number) as number,
      physicalVolumes: 2,
      missingPhysicalVolumes: 0,
      logicalVolumes: 7,
      snapshots: 1,
      attributes: {
        text: 'wz--n-',
        permissions: 'writeable',
        resizeable: true,
        exported: false,
        partial: false,
        allocation: 'normal',
        clustered: false,
        shared: false,
      },
      tags: ['grp.tag'],
    });
  });
});

describe('parseVgs', () => {
  it('reads a machine without groups', () => {
    expect(parseVgs('{"report":[{"vg":[]}]}')).toEqual([]);
  });

  it('reads on past advice around the report, and a log in it', () => {
    const advice =
      '  Reading VG shared_vg1 without a lock.\n  WARNING: Not using lvmetad because duplicate PVs were found.\n';
    const log = ',\n"log": [\n{"log_seq_num":"1", "log_type":"status", "log_message":"success"}\n]\n}';
    const report = recorded(releaseOn('lvm', 'trixie'), 'vgs').stdout;
    const withLog = report.trimEnd().replace(/\}$/, log);
    expect(parseVgs(`${advice}${withLog}\n${advice}`)).toEqual(parseVgs(report));
  });

  it('refuses a row that lacks what was asked for', () => {
    expect(() => parseVgs('{"report":[{"vg":[{"vg_name":"SSD"}]}]}')).toThrow(OutputParseError);
  });
});
