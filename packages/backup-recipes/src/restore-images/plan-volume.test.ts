import { scriptedTransport, type ScriptedReply } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { PreflightError } from '../preflight-error.js';
import type { Batch } from './batches.js';
import { resolveRestoreOptions } from './options.js';
import { planVolume } from './plan-volume.js';
import { volumeWriting } from './volume-commands.js';

const runId = '1364083186-0a0b0c0d';
const extent = 4 * 2 ** 20;

const group = (name: string, freeExtents: number, attributes = 'wz--n-'): Record<string, string> => ({
  ...{ vg_name: name, vg_uuid: name, vg_size: '1', vg_free: String(freeExtents * extent), vg_extent_count: '9' },
  ...{ vg_extent_size: String(extent), vg_free_count: String(freeExtents), pv_count: '1', lv_count: '1' },
  ...{ vg_missing_pv_count: attributes.includes('p') ? '1' : '0', snap_count: '0', vg_attr: attributes, vg_tags: '' },
});

const volume = (name: string, tags: string): Record<string, string> => ({
  ...{ vg_name: 'SSD', lv_name: name, lv_full_name: `SSD/${name}`, lv_uuid: name, lv_path: `/dev/SSD/${name}` },
  ...{ lv_dm_path: name, lv_size: '8388608', lv_attr: '-wi-a-----', lv_layout: 'linear', segtype: 'linear' },
  ...{ lv_role: 'public', chunk_size: '0', origin: '', data_percent: '', lv_snapshot_invalid: '0', lv_tags: tags },
  ...{ lv_time: '1', devices: '' },
});

const zeros = ' 00'.repeat(16);

function host(firstBytes: string = zeros): ReturnType<typeof scriptedTransport> {
  const vg = [group('SSD', 4), group('raid5', 1), group('torn', 9, 'wz-pn-'), group('away', 9, 'wzx-n-')];
  const lv = [volume('images', ''), volume('half', `quiesce.restore=${runId}`)];
  return scriptedTransport(({ args, file }): ScriptedReply => {
    if (file === 'od') return { stdout: `${firstBytes}\n` };
    if (args[0] === 'vgs') return { stdout: JSON.stringify({ report: [{ vg }] }) };
    return { stdout: JSON.stringify({ report: [{ lv }] }) };
  });
}

const sizeBytes = 2 * extent + 1;

function batchOf(to: string, bytes: number): Batch {
  return {
    ...{ from: '/archives/SSD.images', at: '/archives', wrap: (command) => command, shown: '/archives/SSD.images' },
    folder: { folder: 'SSD.images', source: '/dev/SSD/images', runId, complete: true },
    ...{ root: to, real: to, asked: to, number: 0, kept: { kind: 'none' } },
    entries: [{ name: 'a.img', type: 'file', sizeBytes: bytes, allocatedBytes: bytes, to }],
  };
}

async function plan(place: { group: string; name: string }, transport = host(), bytes = sizeBytes): Promise<Batch> {
  const restore = { images: 'SSD.images/a.img' };
  const options = resolveRestoreOptions({ target: 'archives', restore, to: { volume: place }, transport });
  return planVolume(options, batchOf(`/dev/${place.group}/${place.name}`, bytes), place, {});
}

async function problemsOf(...given: Parameters<typeof plan>): Promise<string[]> {
  try {
    await plan(...given);
    return [];
  } catch (error) {
    if (!PreflightError.isInstance(error)) throw error;
    return error.problems.map(({ option, problem, value }) => `${option} ${value}: ${problem}`);
  }
}

describe('planVolume', () => {
  it('rounds up to whole extents, and writes nothing', async () => {
    const transport = host();
    const batch = await plan({ group: 'SSD', name: 'new' }, transport);
    expect(batch.volume).toEqual({ group: 'SSD', name: 'new', device: '/dev/SSD/new', sizeBytes: 3 * extent });
    expect(transport.commands.map(({ effect }) => effect)).toEqual(['read', 'read', 'read']);
    if (batch.volume === undefined) throw new Error('no volume');
    const { read, write } = volumeWriting(batch, batch.volume, true);
    expect(read).toBeUndefined();
    expect(write.args.slice(3)).toEqual([
      ...['/dev/SSD/new', String(sizeBytes), String(extent - 1), 'if=/archives/SSD.images/a.img'],
    ]);
  });

  it.each([
    [
      { group: 'gone', name: 'new' },
      'to.volume.group gone: there is no such volume group: it has SSD, raid5, torn, away',
    ],
    [{ group: 'torn', name: 'new' }, 'to.volume.group torn: disks of it are missing'],
    [{ group: 'away', name: 'new' }, 'to.volume.group away: it is exported'],
    [
      { group: 'raid5', name: 'new' },
      `to.volume.group raid5: it has ${String(extent)} bytes free, and ${String(3 * extent)} are needed`,
    ],
    [{ group: 'SSD', name: 'images' }, 'to.volume.name images: there is such a volume in SSD: give another name'],
    [{ group: 'SSD', name: 'half' }, `to.volume.name half: there is such a volume in SSD: restore ${runId} left it`],
  ])('refuses %j', async (place, problem) => {
    expect(await problemsOf(place)).toEqual([expect.stringContaining(problem)]);
  });

  it('tells all that is wrong at once', async () => {
    const problems = await problemsOf({ group: 'SSD', name: 'images' }, host(' 51 46 49 fb 00 00 00 03'), 9 * extent);
    expect(problems).toEqual([
      expect.stringContaining('to.volume /archives/SSD.images/a.img: it is a qcow2 image'),
      expect.stringContaining('to.volume.name images'),
      expect.stringContaining('to.volume.group SSD: it has'),
    ]);
  });

  it('makes no volume of nothing', async () => {
    expect(await problemsOf({ group: 'SSD', name: 'new' }, host(), 0)).toEqual([
      expect.stringContaining('it is empty'),
    ]);
  });
});
