import type { RecordsReport } from '@quiesce/lab';
import { describe, expect, it } from 'vitest';
import { judgeRestore, proofLines } from './restore-proof.js';

const records = (last: number, problems: readonly string[] = []): RecordsReport => {
  return { records: last, first: 1, last, uptimeSeconds: last, consistent: problems.length === 0, problems };
};
const good = { frozenDigest: 'abc', restoredDigest: 'abc', restored: records(37), now: records(68) };

describe('judgeRestore', () => {
  it('finds nothing against the same image, older than the copy of now', () => {
    expect(judgeRestore(good)).toEqual([]);
  });

  it.each([
    [{ restoredDigest: 'abd' }, 'the restored image is not the one that the first run froze'],
    [{ restored: records(37, ['record 38 is garbage']) }, 'restored image: record 38 is garbage'],
    [{ now: records(68, ['no records']) }, 'copy of the second run: no records'],
    [{ now: records(37) }, 'the second run copied nothing newer than the first'],
  ])('finds %j', (difference, problem) => {
    expect(judgeRestore({ ...good, ...difference })).toEqual([problem]);
  });
});

describe('proofLines', () => {
  it('shows both sums and both records', () => {
    expect(proofLines({ ...good, from: '/a', to: '/b', problems: [] })).toEqual([
      'from  /a',
      'to    /b',
      '',
      'frozen by run 1, read in its LVM snapshot  blake2b abc',
      'restored from the ZFS snapshot             blake2b abc: the same',
      '',
      'restored image                             records 1 to 37, consistent',
      'copy of run 2                              records 1 to 68, consistent',
    ]);
  });
});
