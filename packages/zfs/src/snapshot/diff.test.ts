import { dryRun, OutputParseError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { createZfs } from '../create-zfs.js';
import { parseZfsDiff, zfsDiffCommand } from './diff.js';
import type { FileChange } from './diff-line.js';

const collect = async (source: AsyncIterable<FileChange>): Promise<FileChange[]> => {
  const found: FileChange[] = [];
  for await (const change of source) found.push(change);
  return found;
};

describe('zfsDiffCommand', () => {
  it('compares two snapshots, which changes nothing', () => {
    expect(zfsDiffCommand({ from: 'tank/a b@1', to: 'tank/a b@2' })).toEqual({
      file: 'zfs',
      args: ['diff', '-FHt', '--', 'tank/a b@1', 'tank/a b@2'],
      effect: 'read',
      stop: 'kill',
    });
  });

  it('compares with what is there now: a read, though it makes a snapshot for a while', () => {
    const now = { file: 'zfs', args: ['diff', '-FHt', '--', 'tank/vm@1', 'tank/vm'], effect: 'read', stop: 'kill' };
    expect(zfsDiffCommand({ from: 'tank/vm@1' })).toEqual(now);
    expect(zfsDiffCommand({ from: 'tank/vm@1', to: 'tank/vm' })).toEqual(now);
  });

  it.each(['', '-r', 'tank', 'tank#mark', '@1', 'tank@1,2', 'tank@1\n'])('refuses to compare with %j', (from) => {
    expect(() => zfsDiffCommand({ from })).toThrow(/^from: /);
  });

  it.each(['', '-r', 'tank#mark', '@2', 'tank@1%2', '/tank'])('refuses to compare %j', (to) => {
    expect(() => zfsDiffCommand({ from: 'tank@1', to })).toThrow(/^to: /);
  });
});

describe.each(releases('zfs'))('parseZfsDiff on %s', (release) => {
  const top = '/quiesce-zfs/fs';
  const changes = (name: string): FileChange[] => parseZfsDiff(recorded(release, name).stdout);
  const of = (change: FileChange['change'], name = 'diff'): FileChange[] =>
    changes(name).filter((one) => one.change === change);

  it('reads what was created, whatever it is called', () => {
    const created = Object.fromEntries(of('created').map(({ path, kind }) => [path.slice(top.length + 1), kind]));
    expect(created).toEqual({
      ...{ 'a\nb': 'file', 'a\tb': 'file', 'back\\slash': 'file', 'back\\0040slash': 'file', 'ünï 🐑': 'file' },
      ...{ 'bad\ufffd\ufffd': 'file', 'c\u0001\u007f': 'file', 'n\nl/inner': 'file' },
      ...{ fifo: 'named pipe', block: 'block device', character: 'character device' },
      ...{ symbolic: 'symbolic link', socket: 'socket' },
    });
  });

  it('has the bytes of a path that is not UTF-8, and of no other', () => {
    const withBytes = changes('diff').filter(({ pathBytes }) => pathBytes !== undefined);
    expect(withBytes.map(({ pathBytes }) => Buffer.from(pathBytes ?? []).toString('latin1'))).toEqual([
      `${top}/bad\xff\xfe`,
    ]);
  });

  it('reads what was removed, modified and renamed', () => {
    expect(of('removed')).toMatchObject([{ kind: 'file', path: `${top}/gone` }]);
    const modified = of('modified').map((one) => [one.path, one.kind, one.change === 'modified' && one.linkDelta]);
    expect(modified).toEqual(
      expect.arrayContaining([
        [top, 'directory', 0],
        [`${top}/n\nl`, 'directory', 0],
        [`${top}/changed`, 'file', 0],
        [`${top}/linked`, 'file', 1],
      ]),
    );
    const renamed = of('renamed').map((one) => [one.path, one.change === 'renamed' && one.newPath]);
    expect(renamed).toEqual(
      expect.arrayContaining([
        [`${top}/old name`, `${top}/new -> name`],
        [`${top}/kept`, `${top}/k\n->\tx`],
      ]),
    );
  });

  it('reads when it was', () => {
    for (const { changedAt } of changes('diff')) {
      expect(changedAt.getTime()).toBeGreaterThan(Date.parse('2024-01-01'));
      expect(Number.isInteger(changedAt.getTime())).toBe(true);
    }
  });

  it('reads what is there now, a clone, an odd place and nothing', () => {
    expect(of('created', 'diff now').map(({ path }) => path)).toContain(`${top}/later`);
    expect(changes('diff of a clone').map(({ path }) => path)).toContain('/quiesce-zfs/clone/new');
    expect(changes('diff of an odd place').map(({ path }) => path)).toContain('/quiesce-zfs/o d\\d\nd/it is');
    expect(changes('diff none')).toEqual([]);
  });

  it('is the same as a stream', async () => {
    const zfs = createZfs({ transport: scriptedTransport(() => recorded(release, 'diff')) });
    const options = { from: 'quiesce-zfs/fs@1', to: 'quiesce-zfs/fs@2' };
    expect(await collect(zfs.diffStream(options))).toEqual(await zfs.diff(options));
    expect(await zfs.diff(options)).toEqual(changes('diff'));
  });
});

describe('parseZfsDiff', () => {
  const row = (rest: string): FileChange[] => parseZfsDiff(`1700000000.123456789\t${rest}\n`);

  it('takes a kind that it does not know, and times long ago', () => {
    expect(row('+\t?\t/a')).toEqual([
      {
        ...{ change: 'created', kind: 'unknown', path: '/a', pathBytes: undefined },
        changedAt: new Date(1_700_000_000_123),
      },
    ]);
    expect(parseZfsDiff('         5.000000000\t-\tF\t/a\n')[0]?.changedAt).toEqual(new Date(5000));
    expect(row('M\t/\t/')).toMatchObject([{ path: '/' }]);
  });

  it.each([
    '+\tF\t',
    '+\tF',
    'x\tF\t/a',
    '+\tF\t/a\t/b',
    'R\tF\t/a',
    'R\tF\t/a\t/b\t/c',
    'M\tF\t/a\t/b',
    '+\tF\t/a b',
    '+\tF\t/a\\b',
    '+\tF\t/a\\0999',
    '+\tF\t/ü',
  ])('refuses %j', (rest) => {
    expect(() => row(rest)).toThrow(OutputParseError);
  });
});

describe('a dry run', () => {
  it.each(['tank@2', 'tank'])('tells what changed, as without it: %s', async (to) => {
    const transport = dryRun(scriptedTransport(() => ({ stdout: '1700000000.000000000\t+\tF\t/a\n' })));
    const zfs = createZfs({ transport });
    expect(await zfs.diff({ from: 'tank@1', to })).toMatchObject([{ change: 'created', path: '/a' }]);
    expect(transport.commands).toEqual([]);
  });
});

describe('diffStream', () => {
  it('refuses wrong options at once, and runs nothing before the loop', () => {
    const transport = scriptedTransport(() => ({}));
    const zfs = createZfs({ transport });
    expect(() => zfs.diffStream({ from: 'tank' })).toThrow(/^from: /);
    zfs.diffStream({ from: 'tank@1' });
    expect(transport.commands).toEqual([]);
  });

  it('fails after what came before, with the command', async () => {
    const stdout = '1700000000.000000000\t+\tF\t/a\nnonsense\n';
    const zfs = createZfs({ transport: scriptedTransport(() => ({ stdout })) });
    const found: FileChange[] = [];
    const reading = (async (): Promise<void> => {
      for await (const change of zfs.diffStream({ from: 'tank@1' })) found.push(change);
    })();
    await expect(reading).rejects.toMatchObject({ name: 'OutputParseError', command: { file: 'zfs' } });
    expect(found).toHaveLength(1);
  });
});
