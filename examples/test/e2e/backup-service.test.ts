import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createCommand, run } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { cleanHost, hostState, inLab } from '../../../packages/backup-recipes/test/e2e/support.js';

const examples = path.join(import.meta.dirname, '../..');
const folder = '/opt/backup';
const unit = 'quiesce-backup.service';

async function write(file: string, contents: string | Uint8Array): Promise<void> {
  await run(labTransport(), createCommand('dd', ['status=none', `of=${file}`], { stdin: contents }));
}

// Debian 12 has Node 18, which the SDK does not run on.
describe.skipIf(inject('labRelease') === 'bookworm')('the service on the host itself', () => {
  beforeAll(async () => {
    const script = await readFile(path.join(examples, 'backup-service.ts'), 'utf8');
    // The names of this host: of its own files a few are enough here.
    const names = "target: 'archives/backups', hostRoot: { source: '/etc/default', folder: 'root' },";
    const contents = script.replace("target: 'archives/backups',", names);
    expect(contents).toContain(names);
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: examples, loader: 'ts' },
      ...{ bundle: true, write: false, platform: 'node', format: 'esm', target: 'node20' },
      conditions: ['@quiesce/source'],
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    await inLab(`mkdir -p ${folder}`);
    await write(`${folder}/backup-service.mjs`, outputFiles[0]?.contents ?? '');
    for (const name of [unit, 'quiesce-backup.timer']) {
      const text = await readFile(path.join(examples, 'systemd', name), 'utf8');
      // Built into one file, it needs neither tsx nor node_modules.
      await write(`/etc/systemd/system/${name}`, text.replace('--import tsx backup-service.ts', 'backup-service.mjs'));
    }
    await inLab('systemctl daemon-reload');
  });
  afterAll(async () => {
    await inLab(`rm -rf ${folder} /etc/systemd/system/quiesce-backup.*; systemctl daemon-reload`);
    expect(await hostState()).toEqual(cleanHost);
  });

  test('its units are good, and its timer is set for the night', async () => {
    expect(await inLab('systemd-analyze verify quiesce-backup.service quiesce-backup.timer 2>&1')).toBe('');
    await inLab('systemctl start quiesce-backup.timer');
    const next = await inLab('systemctl show --property=NextElapseUSecRealtime --value quiesce-backup.timer');
    expect(next).toMatch(/ 02:\d\d:\d\d /);
    await inLab('systemctl stop quiesce-backup.timer');
  });

  test('it tells what it would do, and changes nothing', async () => {
    const said = await inLab(`cd ${folder}; node backup-service.mjs --plan`);
    expect(said).toMatch(
      /^pauses .*Server-Tim.* for some seconds\nmakes archives\/backups@\S+ of what the target holds\n/,
    );
    expect(said).toMatch(/\n\/dev\/SSD\/images:\n.*\blvcreate .*\n.*\bmount .*\n.*\brsync /);
    expect(said).toMatch(/\nthe host's own files:\n.*\brsync .* \/etc\/default\/ \/archives\/backups\/root\/$/m);
    expect(await hostState()).toEqual(cleanHost);
  });

  test('it backs up, and the journal has its report', async () => {
    await inLab(`systemctl start ${unit}`);
    expect(await inLab(`systemctl show --property=Result,ExecMainStatus ${unit}`)).toBe(
      'Result=success\nExecMainStatus=0',
    );
    const report = await inLab(`journalctl --unit=${unit} --output=cat`);
    expect(report).toContain('OK: backup complete\n');
    expect(report).toMatch(/^MySQL +running +yes +[\d.]+ s +running$/m);
  });
});
