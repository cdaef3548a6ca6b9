import { appendFileSync } from 'node:fs';
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
    const log = (line: string): void => { appendFileSync('/tmp/boot-events.log', `${new Date().toISOString()} ${line}\n`); };
    log('before');
    backup = await lvmToZfsBackup({ ...documented, domains: ['MySQL'], volumes: ['/dev/SSD/images'], hostRoot: false, transport }).run({ onEvent: (event) => { log(JSON.stringify(event)); } });
  });

  it('starts', async () => {
    const log = (line: string): void => { appendFileSync('/tmp/boot-events.log', `${new Date().toISOString()} ${line}\n`); };
    log(await traces());
    await inLab('for n in $(virsh list --name | grep quiesce-boot); do virsh destroy $n; done; for c in $(zfs list -H -o name -t all | grep quiesce-boot-); do zfs destroy -r $c; done; rm -rf --one-file-system /run/quiesce-boot/*');
    const report = await bootTest({ ...options, timeoutMs: 100_000 }).run({ onEvent: (event) => { log(JSON.stringify(event)); } }).catch((error: unknown) => { log(String(error)); if (BootTestFailedError.isInstance(error)) return error.report; throw error; });
    log(JSON.stringify(report, undefined, 1));
    console.log(JSON.stringify(report, undefined, 1));
    expect(await traces()).toBe('');
  });
});
