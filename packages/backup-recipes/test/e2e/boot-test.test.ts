import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createCommand, localTransport, quoteWord } from '@quiesce/command';
import { readRecords } from '@quiesce/lab';
import { labSsh, labTransport } from '@quiesce/lab/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  bootTest,
  BootTestFailedError,
  lvmToZfsBackup,
  PreflightError,
  reconcile,
  type LvmToZfsBackupOptions,
  type BackupReport,
  type BootReport,
  type BootTestOptions,
} from '../../src/index.js';
import { schemaProblems } from '../schema.js';
import { cleanHost, documented, hostState, inLab } from './support.js';

const transport = labTransport();
const { target } = documented;
// A guest prints this once its disk is mounted.
const options: BootTestOptions = {
  ...{ target, guest: 'MySQL', sign: { console: 'guest: writing from record' }, timeoutMs: 180_000, transport },
};
const only: LvmToZfsBackupOptions = {
  ...{ ...documented, domains: ['MySQL'], volumes: ['/dev/SSD/images'], hostRoot: false, transport },
};
let definition: string;
let backup: BackupReport;
let original: string;

/** What of boot tests is on the host. */
async function traces(): Promise<string> {
  const questions = [
    'virsh list --all --name | grep quiesce-boot',
    'zfs list -H -o name -t all | grep quiesce-boot',
    'ls -A /run/quiesce-boot 2>/dev/null',
    'grep -o "/run/quiesce-boot[^ ]*" /proc/mounts',
    'pgrep -a -x tail',
    'true',
  ];
  return inLab(questions.join('; '));
}

/** The guest that runs: one that was started anew has another number. */
const running = (): Promise<string> => inLab('virsh domid MySQL; virsh domstate MySQL; virsh domblklist MySQL');

/**
 * A guest of the lab runs on an emulated processor's virtualization, and one in some dies there
 * before its kernel has a console: see decision 0009. That says nothing of its image.
 */
async function starting<Result>(start: () => Promise<Result>, isDead: (result: unknown) => boolean): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    const [ended] = await Promise.allSettled([start()]);
    const result: unknown = ended.status === 'fulfilled' ? ended.value : ended.reason;
    if (attempt < 4 && isDead(result)) continue;
    if (ended.status === 'rejected') throw ended.reason;
    return ended.value;
  }
}

// Whether it ended or hangs there.
const diedUnseen = (error: unknown): boolean =>
  BootTestFailedError.isInstance(error) && error.report.ended !== 'sign' && error.report.console.length === 0;

async function failing(wrong: Partial<BootTestOptions>): Promise<BootReport> {
  const error: unknown = await bootTest({ ...options, ...wrong })
    .run()
    .catch((reason: unknown) => reason);
  if (!BootTestFailedError.isInstance(error)) throw new Error('it did not fail', { cause: error });
  return error.report;
}

/** What the script of a plan says. */
async function playedByHand(of: BootTestOptions): Promise<string> {
  const script = (await bootTest(of).plan()).toShell();
  expect(await traces()).toBe('');
  return inLab(`cat >/root/boot.sh <<'QUIESCE_END'\n${script}QUIESCE_END\nbash /root/boot.sh 2>&1; rm /root/boot.sh`);
}

describe('bootTest', () => {
  beforeAll(async () => {
    definition = await inLab('virsh dumpxml --inactive MySQL');
    // From its next start on, which only a boot test will see.
    await inLab('virsh attach-interface MySQL bridge br0 --mac 52:54:00:00:20:15 --model virtio --config');
    backup = await lvmToZfsBackup(only).run();
    original = await running();
  });

  afterEach(async () => {
    expect(await running()).toBe(original);
    expect(await traces()).toBe('');
  });

  afterAll(async () => {
    await inLab(`cat >/root/guest.xml <<'QUIESCE_END'\n${definition}\nQUIESCE_END\nvirsh define /root/guest.xml`);
    expect(await hostState()).toEqual(cleanHost);
    const records = await readRecords(transport, '/srv/SSD/images/MySQL.img');
    expect(records).toMatchObject({ problems: [] });
  });

  it('starts a guest from its backup, beside the guest that runs', async () => {
    const report = await starting(() => bootTest(options).run(), diedUnseen);
    expect(schemaProblems('boot-report', report)).toEqual([]);
    expect(report).toMatchObject({
      ...{ outcome: 'success', ended: 'sign', guest: 'MySQL', snapshot: undefined, runId: backup.runId },
      leftOut: ['interface'],
      images: [{ disk: 'vda', path: '/srv/SSD/images/MySQL.img', runId: backup.runId, complete: true }],
      ...{ leftovers: [], problems: [] },
    });
    expect(report.signMs).toBeGreaterThan(500);
    expect(report.console.join('\n')).toContain('guest: writing from record');
    expect(report.steps.map(({ step }) => step)).toEqual([
      ...['preflight', 'begin', 'snapshot', 'clone', 'start', 'watch', 'end', 'remove', 'remove', 'remove'],
    ]);
  });

  it('fails where there is no sign in time, two at once, and leaves nothing', async () => {
    const [wrong, silent] = await Promise.all([
      failing({ sign: { console: /^never printed$/m }, timeoutMs: 9000 }),
      failing({ sign: { agent: true }, timeoutMs: 9000, backup: 'now' }),
    ]);
    for (const report of [wrong, silent]) {
      expect(report.problems.map(({ message, step }) => `${step}: ${message}`)).toEqual([
        expect.stringMatching(/^watch: .* there was no sign of it in time/),
      ]);
      expect(report).toMatchObject({ outcome: 'failed', ended: 'timeout', signMs: undefined, leftovers: [] });
    }
    const error: unknown = await bootTest({ ...options, guest: 'nobody', backup: 'now' })
      .run()
      .catch((reason: unknown) => reason);
    expect(PreflightError.isInstance(error) && error.message).toContain('there are ');
  });

  it('asks a port of a guest that asks for its address, and of one that has its own', async () => {
    // Shorter, for where the guest hangs.
    const timeoutMs = 90_000;
    const sign = { port: 2222, says: 'guest: hello' };
    const given = await starting(() => bootTest({ ...options, sign, timeoutMs }).run(), diedUnseen);
    expect(given).toMatchObject({ outcome: 'success', ended: 'sign', leftOut: [], leftovers: [] });

    const address = '192.0.2.7/24';
    const change = `s,rdinit=/init,guest.address=${address} &,`;
    await inLab(`virsh dumpxml --inactive MySQL >/root/guest.xml; sed -i ${quoteWord(change)} /root/guest.xml`);
    await inLab('virsh define /root/guest.xml');
    await lvmToZfsBackup(only).run();
    const own = { port: 2222, says: /^guest: heard one$/m, send: 'one\n', address };
    const told = await starting(() => bootTest({ ...options, sign: own, timeoutMs }).run(), diedUnseen);
    expect(told).toMatchObject({ outcome: 'success', ended: 'sign', leftOut: [], leftovers: [] });
    // QEMU takes a connection to nobody: that is no sign.
    const elsewhere = { ...own, address: '192.0.2.8/24' };
    const nobody = await starting(
      () => failing({ sign: elsewhere, timeoutMs: 45_000 }),
      (report) => (report as BootReport).console.length === 0,
    );
    expect(nobody).toMatchObject({ ended: 'timeout', leftovers: [] });
    expect(nobody.console.join('\n')).toContain('guest: writing from record');
    const play = async (): Promise<string> => playedByHand({ ...options, sign: own, timeoutMs });
    expect(await starting(play, (text) => !String(text).includes('the sign was seen'))).toContain('the sign was seen');
  });

  it('is found by reconcile when its process was killed, and not before', async () => {
    const script = fileURLToPath(new URL('boot-test-to-be-killed.mts', import.meta.url));
    const never = { ...options, sign: { console: 'never printed' }, transport: undefined };
    const words = JSON.stringify({ options: never, ssh: labSsh() });
    const nodeWords = ['--conditions=@quiesce/source', '--import', 'tsx', script, words];
    const cwd = fileURLToPath(new URL('../../../..', import.meta.url));
    const child = localTransport().start(createCommand(process.execPath, nodeWords, { cwd, stop: 'kill' }));
    child.stderr.resume();
    await Promise.race([once(child.stdout, 'data'), child.result]);
    expect(await traces()).toMatch(/quiesce-boot-\d+/);
    expect((await reconcile({ transport }).plan()).found).toEqual([]);
    process.kill((await child.pid) ?? 0, 'SIGKILL');
    expect((await child.result).signal).toBe('SIGKILL');
    // Whoever kept it ends the guest by itself.
    await expect
      .poll(() => inLab('virsh list --all --name | grep -c quiesce-boot; true'), { timeout: 30_000, interval: 1000 })
      .toBe('0');
    const { undone } = await reconcile({ transport }).run();
    expect(undone.map(({ kind }) => kind)).toEqual(['test-clone', 'test-snapshot', 'folder']);
  });

  it('is a shell script that does the same', async () => {
    const said = await starting(
      () => playedByHand(options),
      (text) => !String(text).includes('the sign was seen'),
    );
    expect(said).toContain('the sign was seen');
  });
});
