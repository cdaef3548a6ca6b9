import { InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { recorded, releaseOn, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { zfsListCommand, zfsListNamesCommand, parseZfsList, type ZfsListOptions } from './list.js';

const columns = 'name,type,used,available,referenced,mounted,creation,mountpoint';

describe('zfsListCommand', () => {
  it('takes one name, and one kind, for a list of them', () => {
    expect(zfsListCommand({ datasets: 'tank', types: 'snapshot' })).toEqual(
      zfsListCommand({ datasets: ['tank'], types: ['snapshot'] }),
    );
  });

  it('builds the defaults', () => {
    expect(zfsListCommand()).toEqual({
      file: 'zfs',
      args: ['list', '-Hp', '-o', columns, '--'],
      effect: 'read',
      stop: 'kill',
    });
  });

  it('builds all options', () => {
    const { args } = zfsListCommand({
      datasets: ['tank/a b', 'tank/c@1'],
      recursive: true,
      types: ['filesystem', 'snapshot'],
    });
    expect(args).toEqual([
      'list',
      '-Hp',
      '-r',
      '-t',
      'filesystem,snapshot',
      '-o',
      columns,
      '--',
      'tank/a b',
      'tank/c@1',
    ]);
  });

  it('asks for the fields that are named, the mount point last', () => {
    const { args } = zfsListCommand({ types: 'snapshot', fields: ['mountpoint', 'guid', 'createdAt'] });
    expect(args).toEqual(['list', '-Hp', '-t', 'snapshot', '-o', 'name,type,creation,guid,mountpoint', '--']);
    expect(zfsListCommand({ fields: 'holds' }).args).toEqual(['list', '-Hp', '-o', 'name,type,userrefs', '--']);
  });

  it('sorts by a field, either way', () => {
    const words = ['-o', 'name,type,guid', '--'];
    expect(zfsListCommand({ fields: 'guid', sortBy: 'createdAt' }).args).toEqual([
      ...['list', '-Hp', '-s', 'creation', ...words],
    ]);
    expect(zfsListCommand({ fields: 'guid', sortBy: 'name', descending: true }).args).toEqual([
      ...['list', '-Hp', '-S', 'name', ...words],
    ]);
    expect(() => zfsListCommand({ descending: true })).toThrow(/^descending: true is not valid: expected sortBy/);
  });

  it('takes a depth in place of all levels', () => {
    expect(zfsListCommand({ depth: 1 }).args).toEqual(['list', '-Hp', '-d', '1', '-o', columns, '--']);
    expect(zfsListCommand({ depth: 0, recursive: true }).args).toEqual(['list', '-Hp', '-d', '0', '-o', columns, '--']);
  });

  it.each(['', '-r', '/tank', 'tank#mark', 'tank\t', 'tank\n', 'tank/"a"'])('refuses the dataset %j', (name) => {
    expect(() => zfsListCommand({ datasets: ['tank', name] })).toThrow(/^datasets\[1\]: /);
  });

  it('refuses an unknown type and depth', () => {
    expect(() => zfsListCommand({ types: 'all' as never })).toThrow(InvalidArgumentError);
    expect(() => zfsListCommand({ depth: -1 })).toThrow(InvalidArgumentError);
  });
});

describe('zfsListNamesCommand', () => {
  it('asks for the same rows without mount points', () => {
    const { args } = zfsListNamesCommand({ datasets: ['tank'], depth: 1, types: ['filesystem'] });
    expect(args).toEqual(['list', '-Hp', '-d', '1', '-t', 'filesystem', '-o', 'name', '--', 'tank']);
  });
});

describe.each(releases('zfs'))('parseZfsList on %s', (release) => {
  const { stdout } = recorded(release, 'list');
  const rows = stdout.split('\n').filter((line) => line.startsWith('quiesce-zfs'));
  const names = rows.map((line) => line.replace(/\t.*/, '\n')).join('');

  it('reads file systems, volumes and snapshots', () => {
    const datasets = parseZfsList(stdout, { datasets: ['quiesce-zfs'], recursive: true }, names);
    const find = (name: string): unknown => datasets.find((dataset) => dataset.name === `quiesce-zfs${name}`);
    expect(find('/parents/a b')).toEqual({
      name: 'quiesce-zfs/parents/a b',
      type: 'filesystem',
      usedBytes: expect.any(Number) as number,
      availableBytes: expect.any(Number) as number,
      referencedBytes: expect.any(Number) as number,
      mounted: true,
      createdAt: expect.any(Date) as Date,
      mountpoint: '/quiesce-zfs/parents/a b',
    });
    expect(find('/volume')).toMatchObject({ type: 'volume', mounted: undefined, mountpoint: undefined });
    expect(find('/a@2')).toMatchObject({ type: 'snapshot', availableBytes: undefined, mountpoint: undefined });
  });

  it('reads every field', () => {
    const fields = ['usedBytes', 'writtenBytes', 'createtxg', 'guid', 'holds', 'origin'] as const;
    const options = { datasets: 'quiesce-zfs/a', recursive: true, types: ['filesystem', 'snapshot'], fields } as const;
    const { stdout: printed } = recorded(release, 'list fields');
    const [dataset, snapshot] = parseZfsList(printed, options);
    expect(dataset).toEqual({
      ...{ name: 'quiesce-zfs/a', type: 'filesystem', holds: undefined, origin: undefined },
      usedBytes: expect.any(Number) as number,
      writtenBytes: expect.any(Number) as number,
      createtxg: expect.any(Number) as number,
      guid: expect.stringMatching(/^\d+$/) as string,
    });
    expect(snapshot).toMatchObject({ name: 'quiesce-zfs/a@1', type: 'snapshot', holds: 0 });
  });

  it('reads a mount point with a tab and a line break', () => {
    const datasets = parseZfsList(stdout, {}, names);
    const dataset = datasets.find(({ name }) => name === 'quiesce-zfs/unmounted');
    expect(dataset?.mountpoint).toBe('/quiesce-zfs/x\ty\nz');
  });
});

describe('parseZfsList', () => {
  const row = 'tank\tfilesystem\t1\t2\t3\tyes\t1700000000\t/tank';

  it('reads nothing from nothing', () => {
    expect(parseZfsList('', {}, '')).toEqual([]);
  });

  it('reads exact numbers and the time', () => {
    expect(parseZfsList(`${row}\n`, {}, 'tank\n')).toEqual([
      {
        name: 'tank',
        type: 'filesystem',
        usedBytes: 1,
        availableBytes: 2,
        referencedBytes: 3,
        mounted: true,
        createdAt: new Date('2023-11-14T22:13:20Z'),
        mountpoint: '/tank',
      },
    ]);
  });

  it.each([
    ['too few columns', 'tank\tfilesystem\t1\n'],
    ['no row at all', 'cannot open\n'],
    ['a size that is not a number', `${row.replace('\t1\t', '\t1K\t')}\n`],
    ['a number too large to be exact', `${row.replace('\t1\t', '\t9007199254740993\t')}\n`],
    ['a dataset twice, as a forged mount point would make it', `${row}\n${row}\n`],
  ])('refuses %s', (_what, stdout) => {
    expect(() => parseZfsList(stdout, {}, 'tank\n')).toThrow(OutputParseError);
  });

  it('refuses a dataset that was not asked for, as a forged mount point would name it', () => {
    expect(parseZfsList(`${row}\n`, { datasets: ['tank'] })).toHaveLength(1);
    expect(() => parseZfsList(`${row}\n`, { datasets: ['tan', 'tank/a'] })).toThrow(OutputParseError);
  });

  it('refuses rows that a mount point brings with it', () => {
    const output = (name: string): string => recorded(releaseOn('zfs', 'trixie'), name).stdout;
    const options = { datasets: ['quiesce-zfs/vm'], recursive: true };
    expect(() => parseZfsList(output('forged list'), options, output('forged list names'))).toThrow(/too many/);
  });

  it.each<ZfsListOptions>([{}, { datasets: ['tank'], recursive: true }, { datasets: ['tank'], depth: 1 }])(
    'needs the names for %j',
    (options) => {
      expect(() => parseZfsList(`${row}\n`, options)).toThrow(InvalidArgumentError);
    },
  );

  it('needs no names where nothing has a mount point', () => {
    const snapshot = 'tank@1\tsnapshot\t1\t-\t3\t-\t1700000000\t-\n';
    expect(parseZfsList(snapshot, { recursive: true, types: ['snapshot'] })).toMatchObject([{ name: 'tank@1' }]);
  });
});
