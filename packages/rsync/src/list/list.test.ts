import { OutputParseError } from '@quiesce/command';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { parseRsyncList, rsyncListCommand } from './list.js';

describe('rsyncListCommand', () => {
  it('tells what is in a folder, with times of no zone', () => {
    const { args, effect, env } = rsyncListCommand({ source: '/data/' });
    expect(args).toEqual(['--list-only', '--links', '--no-human-readable', '--outbuf=L', '--', '/data/']);
    expect([effect, env]).toEqual(['read', { TZ: 'UTC' }]);
  });

  it('refuses a source that may be a name or a host', () => {
    expect(() => rsyncListCommand({ source: 'host:data' })).toThrow(/host:data/);
  });
});

describe.each(releases('rsync'))('parseRsyncList on %s', (release) => {
  const found = parseRsyncList(recorded(release, 'list').stdout);
  const at = (path: string): unknown => found.find((file) => file.path === path);

  it('reads names that look like something else', () => {
    expect(found.map(({ path }) => path)).toEqual([
      ...['.', ' blank ', '-rw-r--r--              7 other -> none', String.raw`bad\#377utf`, 'disk', 'fifo', 'größe'],
      ...['link', 'new\nline', 'null', 'odd', 'plain', 'x -> y', 'dir', 'dir/below'],
    ]);
    const odd = found.find(({ pathBytes }) => pathBytes !== undefined);
    expect([odd?.path, Array.from(odd?.pathBytes ?? [])]).toEqual([
      String.raw`bad\#377utf`,
      Array.from(Buffer.from('bad\xffutf', 'latin1')),
    ]);
  });

  it('reads types, modes, sizes and times', () => {
    const modifiedAt = new Date('2013-03-23T23:59:46Z');
    expect(at('plain')).toMatchObject({ fileType: 'file', mode: 0o4751, sizeBytes: 1000, modifiedAt });
    expect(at('dir')).toMatchObject({ fileType: 'directory', mode: 0o1777 });
    expect(['disk', 'null', 'fifo'].map((name) => at(name))).toMatchObject([
      ...[{ fileType: 'device' }, { fileType: 'device' }, { fileType: 'special' }],
    ]);
  });

  it('reads where links lead to', () => {
    expect(at('link')).toMatchObject({ fileType: 'symbolicLink', linkTarget: { path: 'plain' } });
    expect(at('x -> y')).toMatchObject({ linkTarget: { path: 'a -> b' } });
    expect(at('odd')).toMatchObject({ linkTarget: { path: String.raw`bad\#377utf` } });
    expect(at('plain')).toMatchObject({ linkTarget: undefined });
  });

  it('reads a folder itself', () => {
    expect(parseRsyncList(recorded(release, 'list-directory').stdout)).toMatchObject([
      { path: 'names', fileType: 'directory' },
    ]);
  });
});

describe('parseRsyncList', () => {
  it('passes over notices, and takes no time that there is not', () => {
    expect(parseRsyncList('skipping directory .\n')).toEqual([]);
    expect(() => parseRsyncList('-rw-r--r--              1 2013/13/41 23:59:46 x\n')).toThrow(OutputParseError);
  });
});
