import { InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { recorded, type Recorded, releaseOn, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { createZfs } from '../create-zfs.js';
import { parseZfsHolds, zfsHoldsCommand, zfsHoldsCountsCommand, zfsHoldsMinutesCommand } from './holds.js';

const a = 'quiesce-zfs/a@1';
const b = 'quiesce-zfs/a/b@1';
const both = { snapshots: [a, b] };
const below = { snapshots: a, recursive: true };

describe('zfsHoldsCommand', () => {
  it('builds the defaults', () => {
    expect(zfsHoldsCommand({ snapshots: 'tank/vm@monday' })).toEqual({
      file: 'zfs',
      args: ['holds', '-Hp', '--', 'tank/vm@monday'],
      effect: 'read',
      stop: 'kill',
    });
  });

  it('builds all options, and asks for each snapshot once', () => {
    const { args } = zfsHoldsCommand({ snapshots: ['tank/a b@1', 'tank@1', 'tank@1'], recursive: true });
    expect(args).toEqual(['holds', '-Hp', '-r', '--', 'tank/a b@1', 'tank@1']);
  });

  it.each(['', '-r', 'tank', 'tank@', 'tank@a,b', 'tank@%', 'tank#mark', 'tank@a\n'])(
    'refuses the snapshot %j',
    (name) => {
      expect(() => zfsHoldsCommand({ snapshots: ['tank@1', name] })).toThrow(/^snapshots\[1\]: /);
    },
  );

  it('refuses no snapshot', () => {
    expect(() => zfsHoldsCommand({ snapshots: [] })).toThrow(InvalidArgumentError);
  });
});

describe('zfsHoldsMinutesCommand', () => {
  it('asks for the time in UTC', () => {
    const { args, env } = zfsHoldsMinutesCommand({ snapshots: 'tank@1', recursive: true });
    expect([args, env]).toEqual([['holds', '-H', '-r', '--', 'tank@1'], { TZ: 'UTC' }]);
  });
});

describe('zfsHoldsCountsCommand', () => {
  const counts = ['-t', 'snapshot', '-o', 'name,value', '--', 'userrefs'];

  it('asks for the same snapshots', () => {
    const { args, effect } = zfsHoldsCountsCommand({ snapshots: ['tank@1', 'tank/a@1'] });
    expect([args, effect]).toEqual([['get', '-Hp', ...counts, 'tank@1', 'tank/a@1'], 'read']);
  });

  it('asks for all below their datasets where it is recursive', () => {
    const { args } = zfsHoldsCountsCommand({ snapshots: ['tank@1', 'tank@2', 'tank/a@1'], recursive: true });
    expect(args).toEqual(['get', '-Hp', '-r', ...counts, 'tank', 'tank/a']);
  });
});

describe.each(releases('zfs'))('parseZfsHolds on %s', (release) => {
  const output = (name: string): string => recorded(release, name).stdout;

  it('reads holds to the minute', () => {
    const holds = parseZfsHolds(output('holds minutes'), both, output('holds counts'));
    expect(holds.map(({ snapshot, tag }) => `${snapshot} ${tag}`).sort()).toEqual(
      [`${b} keep`, `${b} quiesce:run 7`, `${a} keep`, `${a} quiesce:run 7`, `${a} second`].sort(),
    );
    for (const { createdAt } of holds) expect(createdAt.toISOString()).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:00\.000Z$/);
  });

  it('reads what it finds below', () => {
    const counts = output('holds recursive counts');
    const holds = parseZfsHolds(output('holds recursive minutes'), below, counts);
    expect(new Set(holds.map(({ snapshot }) => snapshot))).toEqual(new Set([a, b]));
    expect(holds).toHaveLength(5);
  });

  it('reads no holds', () => {
    expect(parseZfsHolds(output('holds none'), { snapshots: 'quiesce-zfs/a@free' }, 'quiesce-zfs/a@free\t0\n')).toEqual(
      [],
    );
  });
});

describe('parseZfsHolds', () => {
  const trixie = (name: string): string => recorded(releaseOn('zfs', 'trixie'), name).stdout;
  const one = { snapshots: 'tank@1' };

  it('reads holds to the second, the same as to the minute', () => {
    const seconds = parseZfsHolds(trixie('holds'), both, trixie('holds counts'));
    const toMinutes = seconds.map((hold) => ({
      ...hold,
      createdAt: new Date(Math.floor(hold.createdAt.getTime() / 60_000) * 60_000),
    }));
    expect(parseZfsHolds(trixie('holds minutes'), both, trixie('holds counts'))).toEqual(toMinutes);
  });

  it('reads both kinds of time', () => {
    const holds = parseZfsHolds('tank@1\ta\t1700000000\ntank@1\tb\tTue Nov  4 22:13 2025\n', one, 'tank@1\t2\n');
    expect(holds.map(({ createdAt }) => createdAt.toISOString())).toEqual([
      '2023-11-14T22:13:20.000Z',
      '2025-11-04T22:13:00.000Z',
    ]);
  });

  it('believes no row that a tag brings with it', () => {
    const options = { snapshots: ['quiesce-zfs/a@free', b] };
    expect(() => parseZfsHolds(trixie('forged holds'), options, trixie('forged holds counts'))).toThrow(/too many/);
  });

  it('reads a tag with tabs and line breaks that look like no row', () => {
    const [hold] = parseZfsHolds('tank@1\tx\ty\n\nz\t1700000000\n', one, 'tank@1\t1\n');
    expect(hold?.tag).toBe('x\ty\n\nz');
  });

  it('counts no snapshots but those that are asked for', () => {
    const counts = 'tank@1\t1\ntank@2\t1\ntank/a@1\t1\ntank/a@11\t1\n';
    const stdout = 'tank/a@1\tk\t1700000000\ntank@1\tk\t1700000000\n';
    expect(parseZfsHolds(stdout, { ...one, recursive: true }, counts)).toHaveLength(2);
  });

  it.each([
    ['a hold too many', 'tank@1\ta\t1\ntank@1\tb\t1\n'],
    ['no hold where there is one', ''],
    ['another snapshot', 'tank@2\ta\t1\n'],
    ['too few columns', 'tank@1\ta\n'],
    ['no row at all', 'NAME\n'],
    ['no time', 'tank@1\ta\tnow\n'],
    ['an unknown month', 'tank@1\ta\tTue Foo  4 22:13 2025\n'],
  ])('refuses %s', (_what, stdout) => {
    expect(() => parseZfsHolds(stdout, one, 'tank@1\t1\n')).toThrow(OutputParseError);
  });
});

describe('zfs.holds', () => {
  const bookworm = (name: string): Recorded => recorded(releaseOn('zfs', 'bookworm'), name);
  const trixie = (name: string): Recorded => recorded(releaseOn('zfs', 'trixie'), name);

  it('asks how many there are, then for seconds', async () => {
    const transport = scriptedTransport(({ args }) => trixie(args[0] === 'get' ? 'holds counts' : 'holds'));
    expect(await createZfs({ transport }).holds(both)).toHaveLength(5);
    expect(transport.commands.map(({ args }) => args[0])).toEqual(['get', 'holds']);
  });

  it('asks for minutes where zfs knows no seconds', async () => {
    const transport = scriptedTransport(({ args }) => {
      if (args[0] === 'get') return bookworm('holds counts');
      return bookworm(args.includes('-Hp') ? 'holds' : 'holds minutes');
    });
    expect(await createZfs({ transport }).holds(both)).toHaveLength(5);
    expect(transport.commands.map(({ args }) => args.slice(0, 2).join(' '))).toEqual([
      ...['get -Hp', 'holds -Hp', 'get -Hp', 'holds -H'],
    ]);
  });

  it('asks no second time after another failure', async () => {
    const transport = scriptedTransport(({ args }) =>
      args[0] === 'get' ? { stdout: `${a}\t0\n` } : trixie('not found holds'),
    );
    await expect(createZfs({ transport }).holds({ snapshots: a })).rejects.toMatchObject({
      name: 'DatasetNotFoundError',
    });
    expect(transport.commands).toHaveLength(2);
  });
});
