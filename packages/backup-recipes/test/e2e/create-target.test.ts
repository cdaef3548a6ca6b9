import { labTransport } from '@quiesce/lab/testing';
import { createZfs, DeviceInUseError } from '@quiesce/zfs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createBackupTarget,
  CreateTargetFailedError,
  PreflightError,
  type CreateBackupTargetOptions,
} from '../../src/index.js';
import { schemaProblems } from '../schema.js';
import { inLab } from './support.js';

const transport = labTransport();
const zfs = createZfs({ transport });
const pool = 'create-target';
const folder = `/var/tmp/${pool}`;
const target = `${pool}/site/backups`;
const options: CreateBackupTargetOptions = { target, mirror: [`${folder}/0`, `${folder}/1`], transport };
const removal = `
  for pool in ${pool} ${pool}-other; do
    if zpool list $pool >/dev/null 2>&1; then zpool destroy -f $pool; fi
    rm -rf --one-file-system /$pool
  done
  rm -rf --one-file-system ${folder}`;

const failure = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'it did not fail',
    (error: unknown) => error,
  );

describe('createBackupTarget', () => {
  beforeAll(async () => {
    await inLab(`${removal}
      mkdir -p ${folder}; truncate -s 256M ${folder}/0 ${folder}/1 ${folder}/2
      zpool create ${pool}-other ${folder}/2`);
  });

  afterAll(async () => {
    await inLab(removal);
  });

  it('takes no device that has something on it, and hides no files', async () => {
    const used = createBackupTarget({ ...options, mirror: [`${folder}/0`, `${folder}/2`] });
    for (const error of [await failure(used.plan()), await failure(used.run())]) {
      if (!PreflightError.isInstance(error)) throw new Error('it did not refuse', { cause: error });
      expect(DeviceInUseError.isInstance(error.cause) && error.cause.device).toBe(`${folder}/2`);
    }
    const hidden = await failure(createBackupTarget({ ...options, mountpoint: folder }).run());
    expect(PreflightError.isInstance(hidden) && hidden.message).toContain('would be hidden');
    const { mirror: _, ...noDevices } = options;
    expect(String(await failure(createBackupTarget(noDevices).run()))).toContain(`there is no pool ${pool}`);
    expect(await inLab(`zpool list -H -o name | grep -c '^${pool}$' || true`)).toBe('0');
  });

  it('makes the pool and the file system, and the second time nothing', async () => {
    const planned = await createBackupTarget(options).plan();
    expect(planned.commands.map(({ args, file }) => `${file} ${args[0] ?? ''}`)).toEqual([
      'zpool create',
      'zfs create',
    ]);
    const report = await createBackupTarget(options).run();
    const problems = [schemaProblems('create-target-plan', planned), schemaProblems('create-target-report', report)];
    expect(problems).toEqual([[], []]);
    expect(report).toMatchObject({ made: [pool, target], folder: `/${target}`, differences: [], problems: [] });
    const found = await zfs.pool.get({ pools: pool, properties: ['ashift', 'autotrim'] });
    expect([found[pool]?.['ashift']?.value, found[pool]?.['autotrim']?.value]).toEqual(['12', 'off']);
    expect((await zfs.pool.status({ pools: pool }))[0]?.vdevs[0]?.type).toBe('mirror');
    const again = await createBackupTarget(options).run();
    expect(again).toMatchObject({ made: [], mended: [], differences: [], problems: [] });
    expect((await createBackupTarget(options).plan()).commands).toEqual([]);
  });

  it('names what is not as it was asked for, and sets it only when told so', async () => {
    await inLab(
      `zfs set compression=off atime=on xattr=dir ${target}; zpool set autotrim=on ${pool}; zfs unmount ${target}`,
    );
    const error = await failure(createBackupTarget(options).run());
    if (!CreateTargetFailedError.isInstance(error)) throw new Error('it did not fail', { cause: error });
    expect(error.report.differences.map(({ property, value }) => `${property} ${value}`)).toEqual([
      ...['autotrim on', 'compression off', 'atime on', 'xattr dir'],
    ]);
    expect(error.message).toContain('mend: true');
    const report = await createBackupTarget({ ...options, mend: true }).run();
    expect(report).toMatchObject({ differences: [], folder: `/${target}` });
    expect(report.mended).toHaveLength(4);
  });
});
