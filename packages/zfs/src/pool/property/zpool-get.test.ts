import { InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { recorded, releaseOn, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { createZfs } from '../../create-zfs.js';
import { parseZpoolGet, zpoolGetCommand, zpoolGetNamesCommand } from './zpool-get.js';

const pool = 'quiesce-monitor';
const trixie = releaseOn('zfs', 'trixie');

describe('zpoolGetCommand', () => {
  it('builds the defaults', () => {
    expect(zpoolGetCommand()).toEqual({
      file: 'zpool',
      args: ['get', '-Hp', '-o', 'name,property,source,value', '--', 'all'],
      effect: 'read',
      stop: 'kill',
    });
    expect(zpoolGetNamesCommand().args).toEqual(['get', '-Hp', '-o', 'name,property', '--', 'all']);
  });

  it('builds all options, each pool and property once', () => {
    const properties = ['ashift', 'feature@lz4_compress', 'a:b', 'ashift'];
    expect(zpoolGetCommand({ pools: ['tank', 'depot', 'tank'], properties }).args.slice(4)).toEqual([
      ...['--', 'ashift,feature@lz4_compress,a:b', 'tank', 'depot'],
    ]);
  });

  it.each(['all', 'alloc', 'cap', 'a,b', '-o', ''])('refuses the property %j', (property) => {
    expect(() => zpoolGetCommand({ properties: property })).toThrow(InvalidArgumentError);
  });

  it('refuses what is no pool', () => {
    expect(() => zpoolGetCommand({ pools: 'tank/a' })).toThrow(InvalidArgumentError);
  });
});

describe.each(releases('zfs'))('parseZpoolGet on %s', (release) => {
  it('reads named properties', () => {
    const { stdout } = recorded(release, 'zpool get');
    expect(parseZpoolGet(stdout, { pools: pool, properties: ['health', 'size', 'comment'] })).toEqual([
      { name: pool, property: 'health', value: 'ONLINE', source: 'none' },
      { name: pool, property: 'size', value: '117440512', source: 'none' },
      { name: pool, property: 'comment', value: undefined, source: 'default' },
    ]);
  });

  it('reads all properties', () => {
    const names = recorded(release, 'zpool get all names').stdout;
    const found = parseZpoolGet(recorded(release, 'zpool get all').stdout, { pools: pool }, names);
    expect(found).toHaveLength(names.trimEnd().split('\n').length);
    expect(found).toContainEqual({ name: pool, property: 'failmode', value: 'wait', source: 'default' });
    expect(found).toContainEqual({ name: pool, property: 'checkpoint', value: undefined, source: 'none' });
  });

  it('refuses rows other than those that there are', () => {
    const { stdout } = recorded(release, 'zpool get');
    expect(() => parseZpoolGet(stdout, { pools: pool, properties: ['health', 'size'] })).toThrow(OutputParseError);
    expect(() => parseZpoolGet(stdout, { pools: pool })).toThrow(InvalidArgumentError);
    expect(() => parseZpoolGet('health', { pools: pool, properties: 'health' })).toThrow(OutputParseError);
  });
});

describe('a user property of a pool', () => {
  const text = recorded(trixie, 'zpool get user').stdout;
  const properties = ['a:b', 'a:c', 'comment'];

  it('is read with its line breaks, and is undefined where it is not set', () => {
    // The second line looks like a row about the health: without its tabs it is none.
    const harmless = text.replace('health\t-\t', 'health - ');
    expect(parseZpoolGet(harmless, { pools: pool, properties })).toMatchObject([
      { property: 'a:b', value: `x\n${pool}\thealth - forged`, source: 'local' },
      { property: 'a:c', value: undefined },
      { property: 'comment', value: 'a remark', source: 'local' },
    ]);
  });

  it('forges no row', () => {
    expect(() => parseZpoolGet(text, { pools: pool, properties })).toThrow(/a row too many/);
    const named = recorded(trixie, 'zpool get forged').stdout;
    expect(() => parseZpoolGet(named, { pools: pool, properties: ['a:b', 'health'] })).toThrow(/a row too many/);
    const names = recorded(trixie, 'zpool get forged all names').stdout;
    const all = recorded(trixie, 'zpool get forged all').stdout;
    expect(() => parseZpoolGet(all, { pools: pool }, names)).toThrow(/a row too many/);
  });
});

describe('zfs.pool.get', () => {
  it('asks for the names of rows only where the options do not tell them', async () => {
    const transport = scriptedTransport(({ args }) =>
      recorded(trixie, args.includes('name,property') ? 'zpool get all names' : 'zpool get all'),
    );
    const found = await createZfs({ transport }).pool.get({ pools: pool });
    expect(found[pool]?.['health']?.value).toBe('ONLINE');
    expect(found.toString).toBeUndefined();
    expect(transport.commands).toHaveLength(2);
    const named = scriptedTransport(() => recorded(trixie, 'zpool get'));
    await createZfs({ transport: named }).pool.get({ pools: pool, properties: ['health', 'size', 'comment'] });
    expect(named.commands).toHaveLength(1);
  });
});
