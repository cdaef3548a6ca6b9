import { OutputParseError } from '@quiesce/command';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { parseZfsSendSize } from './send-size.js';

const source = 'quiesce-zfs/source';

describe.each(releases('zfs'))('parseZfsSendSize on %s', (release) => {
  const parse = (name: string): ReturnType<typeof parseZfsSendSize> => parseZfsSendSize(recorded(release, name).stdout);

  it('reads a whole snapshot', () => {
    const { estimatedBytes, parts } = parse('send size');
    expect(parts).toEqual([{ snapshot: `${source}@1`, incrementalFrom: undefined, estimatedBytes }]);
    expect(estimatedBytes).toBeGreaterThan(3 * 1024 ** 2);
  });

  it('reads an increment, from a bookmark too', () => {
    expect(parse('send size increment').parts).toMatchObject([
      { snapshot: `${source}@2`, incrementalFrom: `${source}@1` },
    ]);
    expect(parse('send size from bookmark').parts).toMatchObject([
      { snapshot: `${source}@2`, incrementalFrom: `${source}#1` },
    ]);
  });

  it.each(['send size intermediates', 'send size replicate'])('reads the parts of one of several: %s', (name) => {
    const { estimatedBytes, parts } = parse(name);
    const last = parts.slice(-2);
    expect(last).toMatchObject([
      { snapshot: `${source}@2`, incrementalFrom: `${source}@1` },
      { snapshot: `${source}@3`, incrementalFrom: `${source}@2` },
    ]);
    expect(parts.reduce((sum, part) => sum + (part.estimatedBytes ?? 0), 0)).toBe(estimatedBytes);
  });

  it('reads what is left of an interrupted one, below what its token holds', () => {
    const { estimatedBytes, parts } = parse('send size of the rest');
    expect(parts).toMatchObject([{ snapshot: `${source}@1` }]);
    expect(estimatedBytes).toBeLessThan(2 * 1024 ** 2);
  });
});

describe('parseZfsSendSize', () => {
  it('takes a size that zfs does not tell for one that is not known', () => {
    expect(parseZfsSendSize('full\ttank/vm@1\n')).toEqual({
      estimatedBytes: undefined,
      parts: [{ snapshot: 'tank/vm@1', incrementalFrom: undefined, estimatedBytes: undefined }],
    });
  });

  it.each(['nonsense', 'size\tmany'])('refuses %j', (text) => {
    expect(() => parseZfsSendSize(text)).toThrow(OutputParseError);
  });
});
