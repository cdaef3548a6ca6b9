import { describe, expect, it } from 'vitest';
import { backupsToText } from './backups-to-text.js';
import type { BackupList, ListedBackup } from './report.js';

const runId = '1364083186-0a0b0c0d';
const backup: ListedBackup = {
  ...{ snapshot: undefined, folder: '/archives/backups', runId, at: new Date(1_364_083_186_000), complete: true },
  ...{ namedInstead: undefined, madeBy: undefined, createdAt: undefined, usedBytes: 2 ** 30, referencedBytes: 2 ** 30 },
  ...{ holds: 0, clones: [], guid: '1', verified: undefined },
  folders: [{ folder: 'SSD.images', source: '/dev/SSD/images', runId, complete: true }],
  guests: [{ name: 'MySQL', uuid: 'u', images: [], complete: true }],
};

const list: BackupList = {
  ...{ version: 1, recipe: 'listBackups', target: 'archives/backups' },
  backups: [
    backup,
    {
      ...{ ...backup, snapshot: 'archives/backups@daily.1364083186', madeBy: 'run', usedBytes: 1024, complete: false },
      verified: { at: new Date(1_364_090_000_000), outcome: 'damaged' },
      folders: [{ folder: 'SSD.images', source: '/dev/SSD/images', runId, complete: false }],
      guests: [{ name: 'My\u001b[31mSQL', uuid: 'u', images: [], complete: false }],
    },
    {
      ...{ ...backup, snapshot: 'archives/backups@by-hand', madeBy: 'other', runId: undefined, at: undefined },
      ...{ complete: undefined, folders: [], guests: [] },
    },
  ],
  problems: [
    {
      step: 'list',
      subject: 'archives/backups',
      message: 'rolled back',
      error: 'CommandError',
      fatal: false,
      startedMs: 1,
    },
  ],
};

describe('backupsToText', () => {
  it('is a table where there is room', () => {
    expect(backupsToText(list, { columns: 200 })).toMatchInlineSnapshot(`
      "archives/backups           data of                  complete         guests                        refers to  its own  verified
      now                        2013-03-23 23:59:46 UTC  yes              MySQL                           1.0 GiB
      @daily.1364083186          2013-03-23 23:59:46 UTC  NO: SSD.images   My\\x1b[31mSQL (NOT complete)    1.0 GiB  1.0 KiB  damaged, 2013-03-24 01:53:20 UTC
      @by-hand (made by others)                           nothing of ours                                  1.0 GiB  1.0 GiB
      warning: archives/backups: rolled back
      "
    `);
  });

  it('is paragraphs where there is none, and nothing steers the terminal', () => {
    const text = backupsToText(list);
    expect(text).toMatchInlineSnapshot(`
      "now
        data of 2013-03-23 23:59:46 UTC, complete yes, guests MySQL, refers to 1.0 GiB
      @daily.1364083186
        data of 2013-03-23 23:59:46 UTC, complete NO: SSD.images, guests My\\x1b[31mSQL
        (NOT complete), refers to 1.0 GiB, its own 1.0 KiB, verified damaged,
        2013-03-24 01:53:20 UTC
      @by-hand (made by others)
        complete nothing of ours, refers to 1.0 GiB, its own 1.0 GiB
      warning: archives/backups: rolled back
      "
    `);
    expect(text).not.toContain('\u001b');
  });
});
