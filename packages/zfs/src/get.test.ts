import { InvalidArgumentError, OutputParseError } from '@quiesce/command';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recorded, releases } from '../test/recorded.js';
import { getCommand, parseGet, type GetOptions } from './get.js';

describe('getCommand', () => {
  it('builds the defaults', () => {
    expect(getCommand()).toEqual({
      file: 'zfs',
      args: ['get', '-Hp', '-o', 'name,property,source,value', '--', 'all'],
      effect: 'read',
      stop: 'kill',
    });
  });

  it('builds all options', () => {
    const { args } = getCommand({
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
      expect(() => getCommand({ properties: [property] })).toThrow(InvalidArgumentError);
    },
  );

  it.each(['-r', 'tank@', 'tank#', 'tank@a#b', 'tank/../a', 'tank/.'])('refuses the dataset %j', (name) => {
    expect(() => getCommand({ datasets: [name] })).toThrow(InvalidArgumentError);
  });
});

describe.each(releases)('parseGet on %s', (release) => {
  const read = (name: string, options?: GetOptions): ReturnType<typeof parseGet> =>
    parseGet(recorded(release, name).stdout, options);

  it('reads properties of datasets, snapshots and bookmarks', () => {
    const runs = read('get').filter(({ property }) => property === 'quiesce:run');
    const name = 'quiesce-zfs/a';
    const property = 'quiesce:run';
    const here = { property, source: 'local', inheritedFrom: undefined };
    expect(runs.find((run) => run.name === name)).toEqual({ ...here, name, value: '2026' });
    expect(runs.find((run) => run.name === `${name}@1`)).toEqual({ ...here, name: `${name}@1`, value: 'snap' });
    expect(runs.find((run) => run.name === `${name}@3`)).toEqual({
      name: `${name}@3`,
      property,
      value: '2026',
      source: 'inherited',
      inheritedFrom: name,
    });
    expect(runs.find((run) => run.name === `${name}#mark`)).toEqual({
      name: `${name}#mark`,
      property,
      value: undefined,
      source: 'none',
      inheritedFrom: undefined,
    });
  });

  it('reads all properties', () => {
    const rows = read('get all').filter(({ name }) => name === 'quiesce-zfs/a/b');
    const all = new Map(rows.map(({ property, value, source }) => [property, { value, source }]));
    expect(all.get('type')).toEqual({ value: 'filesystem', source: 'none' });
    expect(all.get('recordsize')).toEqual({ value: '131072', source: 'default' });
    expect(all.get('quiesce:run')).toEqual({ value: '2026', source: 'local' });
    expect(all.get('guid')?.value).toMatch(/^\d+$/);
  });

  it('reads values with tabs and line breaks, empty ones and those that are not set', () => {
    const values = read('get texts').map(({ property, value, source }) => [property, value, source]);
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
    expect(parseGet(stdout).map(({ name }) => name)).toContain('quiesce-zfs/other');
    expect(() => parseGet(stdout, { datasets: ['quiesce-zfs/a'] })).toThrow(OutputParseError);
    expect(() => parseGet(stdout, { properties: ['quiesce:looks'] })).toThrow(OutputParseError);
    const another = stdout.replace('quiesce-zfs/other\tquiesce:run', 'quiesce-zfs/a\tquiesce:run');
    expect(() => parseGet(another)).toThrow(/twice/);
  });
});

describe('parseGet', () => {
  it('reads nothing from nothing', () => {
    expect(parseGet('')).toEqual([]);
  });

  it.each(['tank\tused\n', 'tank\tused\tsomewhere\t1\n', 'nonsense\n'])('refuses %j', (stdout) => {
    expect(() => parseGet(stdout)).toThrow(OutputParseError);
  });

  it('reads back any values that are no rows themselves', () => {
    const value = fc.string({ unit: fc.constantFrom('a', '-', '\t', '\n', ' ', '=', 'é') });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (values) => {
        const stdout = values.map((text, index) => `tank\tquiesce:p${String(index)}\tlocal\t${text}\n`).join('');
        expect(parseGet(stdout).map((property) => property.value)).toEqual(values);
      }),
    );
  });
});
