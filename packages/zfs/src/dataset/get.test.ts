import { InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { recorded, releaseOn, releases } from '@quiesce/lab/recorded';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseZfsGet, propertiesByDataset, zfsGetCommand, zfsGetNamesCommand, type ZfsGetOptions } from './get.js';
import type { Property } from './property-reader.js';

/** What names the rows of an output that has no forged ones. */
const namesOf = (stdout: string): string => stdout.match(/^[^\t\n]+\t[^\t\n]+(?=\t)/gm)?.join('\n') ?? '';

describe('propertiesByDataset', () => {
  it('finds what there is, and nothing else', () => {
    const name = 'constructor';
    const property: Property = {
      ...{ name, property: 'quiesce:run', value: '7', text: '7', source: 'local' },
      inheritedFrom: undefined,
    };
    const found = propertiesByDataset([property, { ...property, property: 'quota', value: '0' }]);
    expect(found[name]?.['quiesce:run']?.value).toBe('7');
    expect(found[name]?.['toString']).toBeUndefined();
    expect(propertiesByDataset([])[name]).toBeUndefined();
  });
});

describe('zfsGetCommand', () => {
  it('builds the defaults', () => {
    expect(zfsGetCommand()).toEqual({
      file: 'zfs',
      args: ['get', '-Hp', '-o', 'name,property,source,value', '--', 'all'],
      effect: 'read',
      stop: 'kill',
    });
  });

  it('builds all options', () => {
    const { args } = zfsGetCommand({
      datasets: ['tank/a', 'tank/a@1', 'tank/a#mark'],
      properties: ['used', 'quiesce:run', 'userquota@joe', 'written@1', 'used'],
      recursive: true,
      types: ['snapshot', 'bookmark'],
    });
    const columns = ['-o', 'name,property,source,value'];
    const properties = 'used,quiesce:run,userquota@joe,written@1';
    const names = ['tank/a', 'tank/a@1', 'tank/a#mark'];
    expect(args).toEqual(['get', '-Hp', '-r', '-t', 'snapshot,bookmark', ...columns, '--', properties, ...names]);
  });

  it.each(['', '-o', 'all', 'used,quota', 'Used', 'a b', 'a=b', 'quiesce:run\n', 'a'.repeat(256)])(
    'refuses the property %j',
    (property) => {
      expect(() => zfsGetCommand({ properties: [property] })).toThrow(InvalidArgumentError);
    },
  );

  it.each([
    ['refer', 'referenced'],
    ['avail', 'available'],
    ['recsize', 'recordsize'],
    ['usedsnap', 'usedbysnapshots'],
  ])('refuses %s, and tells the full name', (head, name) => {
    expect(() => zfsGetCommand({ properties: [head] })).toThrow(`expected its full name, ${name}`);
    expect(zfsGetCommand({ properties: [name] }).args).toContain(name);
  });

  it.each(['-r', 'tank@', 'tank#', 'tank@a#b', 'tank/../a', 'tank/.'])('refuses the dataset %j', (name) => {
    expect(() => zfsGetCommand({ datasets: [name] })).toThrow(InvalidArgumentError);
  });
});

describe('zfsGetNamesCommand', () => {
  it('asks for the same rows without values', () => {
    const options: ZfsGetOptions = {
      datasets: ['tank'],
      properties: ['quiesce:run'],
      recursive: true,
      types: ['snapshot'],
    };
    const { args } = zfsGetNamesCommand(options);
    expect(args).toEqual(['get', '-Hp', '-r', '-t', 'snapshot', '-o', 'name,property', '--', 'quiesce:run', 'tank']);
    expect(zfsGetCommand(options).args.filter((word) => word !== 'name,property,source,value')).toEqual(
      args.filter((word) => word !== 'name,property'),
    );
  });
});

describe.each(releases('zfs'))('parseZfsGet on %s', (release) => {
  const read = (name: string): ReturnType<typeof parseZfsGet> => {
    const stdout = recorded(release, name).stdout.replace(/\n.*\tforged$/m, '');
    return parseZfsGet(stdout, {}, namesOf(stdout));
  };

  it('reads properties of datasets, snapshots and bookmarks', () => {
    const runs = read('get').filter(({ property }) => property === 'quiesce:run');
    const name = 'quiesce-zfs/a';
    const property = 'quiesce:run';
    const here = { property, source: 'local', inheritedFrom: undefined };
    expect(runs.find((run) => run.name === name)).toEqual({ ...here, name, value: '2026', text: '2026' });
    expect(runs.find((run) => run.name === `${name}@1`)).toEqual({
      ...{ ...here, name: `${name}@1` },
      ...{ value: 'snap', text: 'snap' },
    });
    expect(runs.find((run) => run.name === `${name}@3`)).toEqual({
      name: `${name}@3`,
      property,
      value: '2026',
      text: '2026',
      source: 'inherited',
      inheritedFrom: name,
    });
    expect(runs.find((run) => run.name === `${name}#mark`)).toEqual({
      name: `${name}#mark`,
      property,
      value: undefined,
      text: '-',
      source: 'none',
      inheritedFrom: undefined,
    });
  });

  it('reads all properties', () => {
    const all = new Map(
      read('get all').map(({ property, value, text, source }) => [property, { value, text, source }]),
    );
    expect(all.get('type')).toEqual({ value: 'filesystem', text: 'filesystem', source: 'none' });
    expect(all.get('recordsize')).toEqual({ value: 131_072, text: '131072', source: 'default' });
    expect(all.get('atime')).toEqual({ value: true, text: 'on', source: 'default' });
    expect(all.get('mounted')).toEqual({ value: true, text: 'yes', source: 'none' });
    expect(all.get('creation')?.value).toEqual(new Date(Number(all.get('creation')?.text) * 1000));
    expect(all.get('compressratio')?.value).toBe(Number(all.get('compressratio')?.text.replace('x', '')));
    expect(all.get('quota')?.value).toBe(0);
    expect(all.get('filesystem_limit')?.value).toBeUndefined();
    expect(all.get('quiesce:run')).toEqual({ value: '2026', text: '2026', source: 'local' });
    expect(all.get('guid')?.value).toMatch(/^\d+$/);
  });

  it('reads values with tabs and line breaks, empty ones and those that are not set', () => {
    const { stdout, args } = recorded(release, 'get texts');
    const [list = '', ...datasets] = args.slice(args.indexOf('--') + 1);
    const properties = parseZfsGet(stdout, { datasets, properties: list.split(',') });
    const values = properties.map(({ property, value, source }) => [property, value, source]);
    expect(values).toEqual([
      ['quiesce:tab', 'a\tb\t', 'local'],
      ['quiesce:lines', 'one\n\ntwo\n', 'local'],
      ['quiesce:empty', '', 'local'],
      ['quiesce:dash', '-', 'local'],
      ['quiesce:none', undefined, 'none'],
      ['origin', undefined, 'none'],
      ['compression', expect.any(String), 'default'],
    ]);
  });

  it('believes no row that a value brings with it', () => {
    const { stdout } = recorded(release, 'get forged');
    const options = { datasets: ['quiesce-zfs/a'], properties: ['quiesce:run', 'quiesce:looks'] };
    expect(() => parseZfsGet(stdout, options)).toThrow(/too many/);
    const another = stdout.replace('quiesce-zfs/other\tquiesce:run', 'quiesce-zfs/a\tquiesce:run');
    expect(() => parseZfsGet(another, options)).toThrow(/too many/);
    const truly = stdout.replace(/\n.*forged/, '');
    expect(parseZfsGet(truly, options)).toHaveLength(2);
  });
});

describe('parseZfsGet where zfs finds more than was named', () => {
  const output = (name: string): string => recorded(releaseOn('zfs', 'trixie'), name).stdout;
  const snapshots: ZfsGetOptions = {
    datasets: ['quiesce-zfs/vm'],
    properties: ['quiesce:run'],
    recursive: true,
    types: ['snapshot'],
  };

  it('reads the rows that were named', () => {
    const found = parseZfsGet(output('recursive get snapshots'), snapshots, output('recursive get snapshots names'));
    expect(found.map(({ name }) => name)).toContain('quiesce-zfs/vm/guest@a');
  });

  it.each([
    ['forged get snapshots', snapshots],
    // The forged row is of a property that the dataset does not have.
    ['forged get all', { datasets: ['quiesce-zfs/vm/guest@a'] }],
  ])('refuses what is %s', (name, options) => {
    expect(() => parseZfsGet(output(name), options, output(`${name} names`))).toThrow(/too many/);
  });

  it('refuses a row beside the true one, and one in place of it', () => {
    const names = output('forged get snapshots names');
    const stdout = output('forged get snapshots').replace('quiesce-zfs/vm/prod\t', 'quiesce-zfs/vm/prod@a\t');
    expect(() => parseZfsGet(stdout, snapshots, names)).toThrow(/too many/);
    expect(() => parseZfsGet(stdout, snapshots, `${names}quiesce-zfs/vm/prod@b\tquiesce:run\n`)).toThrow(
      OutputParseError,
    );
  });

  it.each<ZfsGetOptions>([
    {},
    { datasets: ['tank'] },
    { properties: ['quiesce:run'] },
    { datasets: ['tank'], properties: ['quiesce:run'], recursive: true },
    { datasets: ['tank'], properties: ['quiesce:run'], depth: 1 },
    { datasets: ['tank'], properties: ['quiesce:run'], types: ['snapshot'] },
  ])('needs the names for %j', (options) => {
    expect(() => parseZfsGet('', options)).toThrow(InvalidArgumentError);
  });

  it('needs no names where nobody can write a value', () => {
    const options = { datasets: 'tank', properties: ['used', 'creation'], recursive: true };
    expect(parseZfsGet('tank\tused\t-\t1\ntank/vm\tused\t-\t2\n', options)).toHaveLength(2);
    expect(() => parseZfsGet('', { ...options, properties: ['used', 'mountpoint'] })).toThrow(InvalidArgumentError);
  });
});

describe('parseZfsGet', () => {
  it('reads nothing from nothing', () => {
    expect(parseZfsGet('', {}, '')).toEqual([]);
  });

  it('reads a value that holds what is no row as one, and keeps one that is empty', () => {
    const name = 'archives/backups';
    const note = `a\n${name}\torg.x:note\tforged\tlocal`;
    const stdout = `${name}\torg.x:note\tlocal\t${note}\n${name}\torg.x:comment\tlocal\t\n`;
    const found = parseZfsGet(stdout, { datasets: [name], properties: ['org.x:note', 'org.x:comment'] });
    expect(found.map(({ property, value }) => [property, value])).toEqual([
      ['org.x:note', note],
      ['org.x:comment', ''],
    ]);
  });

  it.each(['tank\tused\n', 'tank\tused\tsomewhere\t1\n', 'nonsense\n'])('refuses %j', (stdout) => {
    expect(() => parseZfsGet(stdout, {}, namesOf(stdout))).toThrow(OutputParseError);
  });

  it('reads back any values that are no rows themselves', () => {
    const anything = fc.string({ unit: fc.constantFrom('a', '-', '\t', '\n', ' ', '=', 'é') });
    const value = anything.filter((text) => !/\n[^\t\n]+\t[^\t\n]+\t-\t/.test(text));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (values) => {
        const stdout = values.map((text, index) => `tank\tquiesce:p${String(index)}\tlocal\t${text}\n`).join('');
        const properties = values.map((_, index) => `quiesce:p${String(index)}`);
        const found = parseZfsGet(stdout, { datasets: ['tank'], properties });
        expect(found.map((property) => property.value)).toEqual(values);
      }),
      { examples: [[['\n\t\t-\t', '\na\t\t-\t']]] },
    );
  });
});
