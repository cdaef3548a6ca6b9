import { labTransport } from '@quiesce/lab/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BackupFailedError,
  failureNotice,
  lvmToZfsBackup,
  parseReport,
  reportToHtml,
  reportToPrometheus,
  reportToText,
  type BackupReport,
  type HookContext,
} from '../../src/index.js';
import { cleanHost, documented, hostState, inLab } from './support.js';

const transport = labTransport();
const runningNow = (): Promise<string> => inLab("virsh list --state-running --name | sed '/^$/d' | sort");

let good: BackupReport;
let refused: BackupReport;
const called: string[] = [];
let toldAtEnd: BackupReport | undefined;

/** What a run reports, and the hooks of it, with real guests. */
describe('reports and hooks', () => {
  beforeAll(async () => {
    const note = async ({ phase, when }: HookContext): Promise<void> => {
      called.push(`${when} ${phase}: ${(await runningNow()).replace('\n', ' ')}`);
    };
    const after = {
      preflight: note,
      pause: async (context: HookContext) => {
        await note(context);
        throw new Error('a hook of no use');
      },
      copy: note,
      end: ({ report }: HookContext) => {
        toldAtEnd = report;
      },
    };
    const hooks = { before: { preflight: note, pause: note, copy: note }, after };
    good = await lvmToZfsBackup({ ...documented, hooks, transport }).run();
    const refuse = (): never => {
      throw new Error('the database does not answer');
    };
    const error: unknown = await lvmToZfsBackup({ ...documented, hooks: { before: { pause: refuse } }, transport })
      .run()
      .catch((reason: unknown) => reason);
    if (!BackupFailedError.isInstance(error)) throw new Error('it did not fail', { cause: error });
    refused = error.report;
  });

  afterAll(async () => {
    expect(await hostState()).toEqual(cleanHost);
  });

  it('calls each hook in its order, never while a guest is paused', () => {
    expect(called).toEqual(
      ['before preflight', 'after preflight', 'before pause', 'after pause', 'before copy', 'after copy'].map(
        (hook) => `${hook}: ${cleanHost.running.replace('\n', ' ')}`,
      ),
    );
    const hooks = good.steps.filter(({ step }) => step === 'hook');
    expect(hooks).toHaveLength(7);
    for (const { resumedAt, suspendedAt } of good.domains) {
      const since = (moment: Date | undefined): number => (moment?.getTime() ?? NaN) - good.startedAt.getTime();
      for (const { durationMs, startedMs } of hooks) {
        const isBefore = startedMs + durationMs <= since(suspendedAt);
        expect(isBefore || startedMs >= since(resumedAt)).toBe(true);
      }
    }
  });

  it('goes on where a hook after the pause throws, and says so', () => {
    expect(good).toMatchObject({ outcome: 'success', complete: true });
    expect(good.problems).toMatchObject([{ step: 'hook', subject: 'after pause', fatal: false }]);
    expect(toldAtEnd).toBe(good);
  });

  it('pauses nobody where the hook before the pause throws, and leaves nothing behind', async () => {
    expect(refused.problems).toMatchObject([{ step: 'hook', subject: 'before pause', fatal: true }]);
    expect(refused.domains.map(({ suspended, suspendedAt }) => [suspended, suspendedAt])).toEqual([
      [false, undefined],
      [false, undefined],
    ]);
    expect(refused.volumes.map(({ copy }) => copy)).toEqual([undefined, undefined]);
    expect(refused).toMatchObject({ outcome: 'failed', leftovers: [], zfsSnapshot: { made: false } });
    expect(await hostState()).toEqual(cleanHost);
  });

  it('makes real reports readable in every form', () => {
    for (const report of [good, refused]) {
      expect(parseReport(JSON.stringify(report))).toEqual(report);
      expect(reportToHtml(report)).not.toMatch(/NaN|undefined/);
      expect(reportToPrometheus(report)).not.toMatch(/NaN|undefined/);
    }
    expect(reportToText(good)).toMatch(/^WARNING: backup complete, with 1 warning\n/);
    const notice = failureNotice(refused);
    expect(notice.replaceAll(/\s+/g, ' ')).toContain(
      'hook before pause: the hook before pause failed: the database does not answer',
    );
    expect(notice).toContain('  - No guest was paused.\n  - archives/backups was not written to.\n');
    expect(notice.replaceAll(/\s+/g, ' ')).toContain(`archives/backups holds run ${good.runId}`);
  });
});
