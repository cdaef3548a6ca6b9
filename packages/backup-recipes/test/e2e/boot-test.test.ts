import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { guests, readRecords } from '@quiesce/lab';
import { labTransport } from '@quiesce/lab/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  bootTest,
  BootTestFailedError,
  lvmToZfsBackup,
  PreflightError,
  reconcile,
  type BackupReport,
  type BootTestOptions,
} from '../../src/index.js';
import { documented, inLab } from './support.js';

const transport = labTransport();
const { target } = documented;
const options: BootTestOptions = { target, guest: 'MySQL', sign: { console: 'guest: wrote record' }, transport };
let backup: BackupReport;

/** Everything that boot tests could leave on the host. */
async function traces(): Promise<string> {
  return inLab(
    [
      "virsh list --all --name | grep quiesce-boot; zfs list -H -o name -t all | grep quiesce-boot",
      'ls /run/quiesce-boot 2>/dev/null; grep quiesce-boot /proc/mounts; pgrep -a tail; true',
    ].join('\n'),
  );
}

describe('bootTest', () => {
  beforeAll(async () => {
    backup = await lvmToZfsBackup({ ...documented, domains: ['MySQL'], volumes: ['/dev/SSD/images'], hostRoot: false, transport }).run();
  });

  it('starts', async () => {
    const report = await bootTest(options).run();
    console.log(JSON.stringify(report, undefined, 1));
    expect(await traces()).toBe('');
  });
});
