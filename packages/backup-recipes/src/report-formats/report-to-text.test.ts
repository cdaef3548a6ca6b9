import { describe, expect, it } from 'vitest';
import { reportToText } from './report-to-text.js';
import { failedRun, goodRun, hostileRun } from './testing/reports.js';

const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

describe('reportToText', () => {
  it('tells a good run in tables of 80 columns', () => {
    const text = reportToText(goodRun);
    expect(text).toMatchInlineSnapshot(`
      "OK: backup complete
      run 1795693518-5261a35a to archives/backups, 2026-11-26 11:45:18 UTC, for 32.7 s

      guest       before   told to flush  paused for  after
      Server-Tim  running  yes                 1.4 s  running
      MySQL       running  yes                 1.4 s  running

      copied                outcome      size   written   time         rate
      /dev/SSD/images       success  64.0 MiB  64.0 MiB  8.5 s    7.6 MiB/s
      /dev/raid5/VM.images  success  64.0 MiB  64.0 MiB  8.4 s    7.6 MiB/s
      host: /etc            success   1.3 MiB   1.3 MiB  8.0 s  160.9 KiB/s

      snapshot of           now       full   lived  compared         whole
      /dev/SSD/images       removed  0.8 %  20.1 s  10.0 MiB, equal  yes
      /dev/raid5/VM.images  removed  0.8 %  20.1 s  10.0 MiB, equal  yes

      archives/backups@daily.1795693518 holds what the target held before: no run is
      known.
      "
    `);
    expect(widest(text)).toBeLessThanOrEqual(80);
  });

  it('tells a failed run with its problems', () => {
    expect(reportToText(failedRun)).toMatchInlineSnapshot(`
      "FAILED: backup failed
      run 1795693551-b56145a9 to archives/backups, 2026-11-26 11:45:51 UTC, for 31.0 s

      guest       before   told to flush  paused for  after
      Server-Tim  running  yes                 1.6 s  running
      MySQL       running  yes                 1.6 s  running

      copied                outcome      size   written   time       rate
      /dev/SSD/images       failed   64.0 MiB  48.0 KiB  9.1 s  7.0 MiB/s
      /dev/raid5/VM.images  success  64.0 MiB  48.0 KiB  9.2 s  6.9 MiB/s
      host: /etc/default    success  13.2 KiB  13.2 KiB  7.7 s  1.7 KiB/s

      snapshot of           now        full   lived  compared         whole
      /dev/SSD/images       removed          16.6 s  0 B, 4 DIFFER    NO
      /dev/raid5/VM.images  removed  50.0 %  20.1 s  10.0 MiB, equal  yes

      archives/backups@daily.1795693551 holds run 1795693518-5261a35a, which was
      whole.

      failed: verify /dev/SSD/images: the copy is not what was frozen, 4 names differ:
        lost+found, README, README.again, MySQL.img; run once with copy: {
        extraArguments: ['--checksum'] }, which reads all of both (CommandError)
      failed: copy /dev/SSD/images: its snapshot /dev/SSD/images.1795693551 filled up,
        so the copy is not what the volume held: run again with more snapshotSizeBytes
        (CommandError)
      failed: unmount /dev/SSD/images: /run/backup/1795693551-b56145a9/SSD.images was
        unmounted by someone else, so what was copied may not be whole: see the
        kernel's log for a device that failed, and run again (CommandError)
      "
    `);
  });

  it('makes paragraphs of tables on a narrow terminal', () => {
    const text = reportToText(goodRun, { columns: 40 });
    expect(widest(text.replaceAll(/\S{36,}/g, ''))).toBeLessThanOrEqual(40);
    expect(text).toContain('Server-Tim\n  before running,');
  });

  it('colours nothing unless asked, and then says the same', () => {
    const coloured = reportToText(failedRun, { color: true });
    expect(reportToText(failedRun)).not.toContain('\x1b');

    expect(coloured.replaceAll(/\x1b\[\d+m/g, '')).toBe(reportToText(failedRun));
    expect(coloured.startsWith('\x1b[31mFAILED: ')).toBe(true);
  });

  it('makes visible what would steer the terminal', () => {
    const text = reportToText(hostileRun, { columns: 10_000 });

    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202e]/);
    expect(text).toContain('\\x1b[31m');
    expect(text).toContain('\\u{202e}');
  });

  it('tells what is left over with the command, which is not broken', () => {
    const remedy = `lvremove @${'quiesce.run=1-0a0b0c0d '.repeat(6)}end`;
    const leftovers = [
      { kind: 'folder', name: '/run/quiesce/1', remedy: 'rmdir /run/quiesce/1' },
      { kind: 'domain', name: 'MySQL', remedy },
    ] as const;
    const text = reportToText({ ...failedRun, leftovers });
    expect(text).toContain(`\n  # domain MySQL\n  ${remedy}\n  # folder /run/quiesce/1\n`);
  });

  it('tells the report of any other recipe by its steps', () => {
    const { startedAt, endedAt } = goodRun;
    const text = reportToText({
      ...{ version: 1, recipe: 'verifyBackup', outcome: 'success', startedAt, endedAt, durationMs: 7_500_000 },
      steps: [{ step: 'scrub', subject: 'archives', state: 'finished', startedMs: 1, durationMs: 2000 }],
      problems: [],
    });
    expect(text).toMatch(/^OK: verifyBackup: success\nverifyBackup, .* UTC, for 2 h 5 min\n\nstep /);
    expect(text).toContain('scrub  archives  finished  2.0 s');
  });
});
