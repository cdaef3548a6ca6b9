import { describe, expect, it } from 'vitest';
import { PreflightError, type PreflightProblem } from '../preflight-error.js';
import type { GuestRecord } from '../target/guests.js';
import type { BackupState } from '../target/states.js';
import type { FolderState } from '../target/target-state.js';
import { chooseState, type ChosenState } from './choose-state.js';
import type { ResolvedRestoreOptions } from './options.js';

const target = 'archives/backups';
const day = (number: number): string => `${String(1_364_083_200 + number * 86_400)}-0000000${String(number)}`;
const timeOf = (number: number): Date => new Date((1_364_083_200 + number * 86_400) * 1000);

const folder = (name: string, run: number, complete = true): FolderState => ({
  ...{ folder: name, source: `/dev/${name.replace('.', '/')}`, place: `/srv/${name}`, runId: day(run), complete },
});
const hostRoot = (run: number): FolderState => ({ ...folder('root', run), source: '/', place: '/' });
const guest: GuestRecord = {
  ...{ name: 'MySQL', uuid: 'uuid-of-mysql', definition: '<domain/>' },
  images: [
    { path: '/srv/SSD.images/MySQL.img', folder: 'SSD.images', file: 'MySQL.img' },
    { path: '/srv/raid5.images/data.img', folder: 'raid5.images', file: 'sub/data.img' },
  ],
};

function state(snapshot: string | undefined, folders: readonly FolderState[], at = '/archives/backups'): BackupState {
  return {
    ...{ snapshot: snapshot && `${target}@${snapshot}`, folder: at, runId: undefined, at: undefined },
    ...{ complete: undefined, namedInstead: undefined, madeBy: undefined, createdAt: undefined, usedBytes: 0 },
    ...{ referencedBytes: 0, holds: 0, clones: [], guid: '', verified: undefined, folders, guests: [guest] },
  };
}

/** Day 4 is torn in one folder, day 3 in the other. */
const states = [
  state(undefined, [folder('SSD.images', 4), folder('raid5.images', 4, false), hostRoot(4)]),
  state('daily.4', [folder('SSD.images', 3, false), folder('raid5.images', 3), hostRoot(3)]),
  state('daily.3', [folder('SSD.images', 2), folder('raid5.images', 2), hostRoot(2)]),
  state('by-hand', [folder('SSD.images', 2), folder('raid5.images', 2), hostRoot(2)]),
  state('daily.2', [folder('SSD.images', 1), folder('raid5.images', 1)]),
];

type Options = Pick<ResolvedRestoreOptions, 'backup' | 'incomplete' | 'what'>;
const choose = (options: Partial<Options>): ChosenState =>
  chooseState(
    { target, backup: 'newest', incomplete: 'refuse', what: { kind: 'guest', guest: 'MySQL' }, ...options },
    states,
  );
const snapshotOf = (options: Partial<Options>): string | undefined => choose(options).state.snapshot;

function problemOf(options: Partial<Options>): PreflightProblem | undefined {
  try {
    choose(options);
    return undefined;
  } catch (error) {
    if (!PreflightError.isInstance(error)) throw error;
    return error.problems[0];
  }
}

describe('chooseState', () => {
  it('tells of a newer run of which nothing can be read', () => {
    const unread = { ...state('daily.9', []), runId: day(8), at: timeOf(8) };
    const of = (backup: Options['backup']): ChosenState =>
      chooseState({ target, backup, incomplete: 'refuse', what: { kind: 'guest', guest: 'MySQL' } }, [
        ...states.slice(0, 1),
        unread,
        ...states.slice(1),
      ]);
    const chosen = of('newest');
    expect(chosen.state.snapshot).toBe(`${target}@daily.3`);
    expect(chosen.warnings).toEqual([
      {
        subject: `${target}@daily.9`,
        message: `nothing can be read of run ${day(8)} of ${timeOf(8).toISOString()}, which is newer than what is restored: see zpool status, and try again`,
      },
    ]);
    expect(of(timeOf(5)).warnings).toEqual([]);
    const nothing = {
      target,
      backup: 'newest',
      incomplete: 'refuse',
      what: { kind: 'guest', guest: 'MySQL' },
    } as const;
    expect(() => chooseState(nothing, [unread])).toThrow(`nothing can be read of ${day(8)}, which wrote it`);
    expect(choose({}).warnings).toEqual([]);
  });

  it('takes the newest in which all that is wanted is complete', () => {
    expect(snapshotOf({})).toBe(`${target}@daily.3`);
    expect(snapshotOf({ what: { kind: 'guest', guest: 'uuid-of-mysql' } })).toBe(`${target}@daily.3`);
    expect(snapshotOf({ what: { kind: 'everything' } })).toBe(`${target}@daily.3`);
    expect(snapshotOf({ what: { kind: 'volume', volume: '/dev/SSD/images' } })).toBeUndefined();
    expect(snapshotOf({ what: { kind: 'volume', volume: '/dev/raid5/images' } })).toBe(`${target}@daily.4`);
    expect(snapshotOf({ what: { kind: 'images', images: ['SSD.images/MySQL.img'] } })).toBeUndefined();
    expect(snapshotOf({ what: { kind: 'hostFiles', hostFiles: ['/etc/fstab'] } })).toBeUndefined();
  });

  it('takes the newest before a time', () => {
    const what = { kind: 'volume', volume: '/dev/SSD/images' } as const;
    expect(snapshotOf({ what, backup: timeOf(4) })).toBeUndefined();
    expect(snapshotOf({ what, backup: new Date(timeOf(4).getTime() - 1) })).toBe(`${target}@daily.3`);
    expect(snapshotOf({ what, backup: timeOf(3) })).toBe(`${target}@daily.3`);
    expect(snapshotOf({ what, backup: timeOf(1) })).toBe(`${target}@daily.2`);
    expect(problemOf({ what, backup: timeOf(0) })).toMatchObject({
      option: 'backup',
      value: '2013-03-24T00:00:00.000Z',
      problem: expect.stringContaining(
        'the oldest is of 2013-03-25T00:00:00.000Z (archives/backups@daily.2)',
      ) as string,
    });
  });

  it('takes one that is named, if it is complete', () => {
    expect(snapshotOf({ backup: `${target}@by-hand` })).toBe(`${target}@by-hand`);
    expect(problemOf({ backup: 'now' })).toMatchObject({
      problem: expect.stringContaining('not every byte of its run is in it (raid5.images)') as string,
    });
    expect(snapshotOf({ backup: 'now', incomplete: 'allow' })).toBeUndefined();
    expect(problemOf({ backup: `${target}@gone` })).toMatchObject({ option: 'backup', value: `${target}@gone` });
  });

  it('names what is wanted of each folder', () => {
    expect(choose({}).wanted.map(({ folder: { folder: name }, paths }) => [name, paths])).toEqual([
      ['SSD.images', ['MySQL.img']],
      ['raid5.images', ['sub/data.img']],
    ]);
    expect(choose({ what: { kind: 'everything' } }).wanted.map(({ paths }) => paths)).toEqual([undefined, undefined]);
    const files = choose({ what: { kind: 'hostFiles', hostFiles: ['/etc/fstab', '/boot/grub'] } });
    expect(files.wanted.map(({ paths }) => paths)).toEqual([['etc/fstab', 'boot/grub']]);
  });

  it.each([
    [{ kind: 'guest', guest: 'Gone' }, 'restore.guest', 'it has MySQL'],
    [{ kind: 'volume', volume: '/dev/SSD/gone' }, 'restore.volume', 'SSD.images (/dev/SSD/images)'],
    [{ kind: 'images', images: ['gone/a.img'] }, 'restore.images', 'SSD.images'],
  ] as const)('tells what there is in place of %j', (what, option, text) => {
    expect(problemOf({ what })).toMatchObject({ option, problem: expect.stringContaining(text) as string });
  });

  describe('where the images of a guest are of several runs', () => {
    const mixed = [
      state(undefined, [folder('SSD.images', 5), folder('raid5.images', 4)]),
      state('daily.5', [folder('SSD.images', 4), folder('raid5.images', 4)]),
    ];
    const chooseMixed = (options: Partial<Options>): ChosenState =>
      chooseState(
        { target, backup: 'newest', incomplete: 'refuse', what: { kind: 'guest', guest: 'MySQL' }, ...options },
        mixed,
      );

    it('takes the newest in which they are of one', () => {
      expect(chooseMixed({})).toMatchObject({ state: { snapshot: `${target}@daily.5` }, warnings: [] });
      expect(chooseMixed({ backup: timeOf(6) }).state.snapshot).toBe(`${target}@daily.5`);
    });

    it('takes that only where it is named and allowed, and names the runs', () => {
      const runs = `SSD.images of run ${day(5)}, raid5.images of run ${day(4)}`;
      expect(() => chooseMixed({ backup: 'now' })).toThrow(runs);
      const { warnings } = chooseMixed({ backup: 'now', incomplete: 'allow' });
      expect(warnings).toMatchObject([{ subject: 'MySQL', message: expect.stringContaining(runs) as string }]);
    });

    it('says so of all else that is restored', () => {
      expect(chooseMixed({ what: { kind: 'everything' } }).warnings).toHaveLength(1);
      expect(chooseMixed({ what: { kind: 'images', images: ['SSD.images/MySQL.img'] } }).warnings).toEqual([]);
    });
  });

  it('passes over what was found damaged where there is another, and says so', () => {
    const damaged = { at: timeOf(9), outcome: 'damaged' } as const;
    const guestOf = { target, incomplete: 'refuse', what: { kind: 'guest', guest: 'MySQL' } } as const;
    const of = (backup: string, ...names: readonly string[]): ChosenState => {
      const found = states.map((one) => (names.includes(one.snapshot ?? '') ? { ...one, verified: damaged } : one));
      return chooseState({ ...guestOf, backup }, found);
    };
    const [three, hand, two] = [`${target}@daily.3`, `${target}@by-hand`, `${target}@daily.2`];
    expect(of('newest')).toMatchObject({ state: { snapshot: three }, at: timeOf(2), warnings: [] });
    expect(of('newest', three, hand)).toMatchObject({
      state: { snapshot: two },
      at: timeOf(1),
      warnings: [{ subject: three, message: expect.stringContaining('found damaged') as string }, { subject: hand }],
    });
    expect(of('newest', three, hand, two)).toMatchObject({
      state: { snapshot: three },
      warnings: [{ subject: three }],
    });
    expect(of(three, three)).toMatchObject({ state: { snapshot: three }, warnings: [{ subject: three }] });
  });

  it('can read nothing where the target is not mounted', () => {
    const unmounted = [{ ...state(undefined, []), folder: undefined }];
    const options = { target, backup: 'newest', incomplete: 'refuse', what: { kind: 'everything' } } as const;
    expect(() => chooseState(options, unmounted)).toThrow('zfs mount archives/backups');
  });
});
