import { recordedBytes, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { parseRsyncDifference } from './itemized-change.js';

describe.each(releases('rsync'))('parseRsyncDifference on %s', (release) => {
  it('reads what a dry run tells', () => {
    const lines = recordedBytes(release, 'differences').stdout.toString('latin1').split('\n');
    const found = lines.flatMap((line) => parseRsyncDifference(Buffer.from(line, 'latin1').toString()) ?? []);
    expect(found.map(({ action, path }) => [action, path])).toEqual([
      ['deleted', 'gone'],
      ['attributes', '.'],
      ['updated', 'größe'],
      ['updated', 'link'],
      ['attributes', 'tab\tx'],
      ['attributes', 'dir'],
      ['hardLinked', 'dir/hard'],
    ]);
    const at = (name: string): unknown => found.find(({ path }) => path === name);
    expect(at('größe')).toMatchObject({ sizeBytes: 2, attributes: ['size', 'modificationTime'] });
    expect(at('link')).toMatchObject({ linkTarget: { path: 'größe' }, fileType: 'symbolicLink' });
    expect(at('dir/hard')).toMatchObject({ hardLinkOf: { path: 'plain' }, sizeBytes: 1000 });
  });
});
