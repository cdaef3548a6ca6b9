import path from 'node:path';
import { createCommand, run } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { build } from 'esbuild';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { BackupReport, LvmToZfsBackupOptions } from '../../src/index.js';
import type { Fault } from './faults/fault.js';
import { cleanHost, documented, hostState, inLab } from './support.js';

const file = '/root/inside-run.mjs';
const options = { ...documented, hostRoot: false, settleMs: 200 } as const;

async function runInside(fault?: Fault): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const given: { fault?: Fault; options: LvmToZfsBackupOptions } = { ...(fault && { fault }), options };
  const command = createCommand('node', [file, JSON.stringify(given)], { stop: 'kill' });
  // 137: the shell's word for a process that was killed.
  return run(labTransport(), command, { successCodes: [0, 1, 137], timeoutMs: 300_000 });
}

// Debian 12 has Node 18, which the SDK does not run on.
describe.skipIf(inject('labRelease') === 'bookworm')('on the host itself', () => {
  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [path.join(import.meta.dirname, 'inside-run.mts')],
      ...{ bundle: true, write: false, platform: 'node', format: 'esm', target: 'node20' },
      conditions: ['@quiesce/source'],
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    const command = createCommand('dd', ['status=none', `of=${file}`], { stdin: outputFiles[0]?.contents ?? '' });
    await run(labTransport(), command);
  });

  it('resumes the guests when its process is killed in the pause, and the next run undoes the rest', async () => {
    await runInside({ where: 'event', what: 'suspended 1', kind: 'node killed' });
    await expect
      .poll(() => inLab('virsh list --state-running --name | sort'), { timeout: 60_000 })
      .toBe('MySQL\nServer-Tim');
    expect(await inLab('lvs --noheadings -o lv_tags')).toContain('quiesce.run=');
    const { stdout, stderr } = await runInside();
    expect(stderr).toBe('');
    const { report, undone } = JSON.parse(stdout) as { report: BackupReport; undone: unknown };
    expect(report.outcome).toBe('success');
    expect(report.problems.map(({ fatal }) => fatal)).not.toContain(true);
    expect(report.problems.length).toBeGreaterThan(0);
    expect(undone).toEqual([]);
    expect(await hostState()).toEqual(cleanHost);
  });
});
