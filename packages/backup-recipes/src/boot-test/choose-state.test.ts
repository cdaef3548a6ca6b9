import { describe, expect, it } from 'vitest';
import type { ListedBackup, ListedGuest } from '../list-backups/report.js';
import { chooseState } from './choose-state.js';
import { resolveBootOptions, type BootTestOptions } from './options.js';

const target = 'archives/backups';

function guestOf(runId: string, complete: boolean, isThere = true): ListedGuest {
  const image = { path: '/srv/a.img', folder: 'a', file: 'a.img', at: '/t/a/a.img', allocatedBytes: 1 };
  return {
    name: 'MySQL',
    uuid: 'u',
    complete,
    images: [{ ...image, sizeBytes: isThere ? 1 : undefined, runId, complete }],
  };
}

function state(snapshot: string | undefined, day: number, guests: readonly ListedGuest[]): ListedBackup {
  return {
    ...{
      snapshot: snapshot === undefined ? undefined : `${target}@${snapshot}`,
      folder: '/t',
      runId: 'r',
      complete: true,
    },
    ...{ at: new Date(Date.UTC(2026, 0, day)), namedInstead: undefined, madeBy: 'run', createdAt: undefined, holds: 0 },
    ...{ usedBytes: 1, referencedBytes: 1, clones: [], guid: 'g', verified: undefined, folders: [], guests },
  };
}

const states = [
  state(undefined, 4, [guestOf('4', false)]),
  state('c', 3, [guestOf('3', false, false)]),
  state('b', 2, [guestOf('2', true)]),
  state('a', 1, [guestOf('1', true)]),
];

function choose(options: Partial<BootTestOptions> = {}, from: readonly ListedBackup[] = states): string | undefined {
  const sign = { console: 'x' };
  return chooseState(resolveBootOptions({ target, guest: 'MySQL', sign, ...options }), from).state.snapshot;
}

describe('chooseState', () => {
  it('takes the newest that is complete', () => {
    expect(choose()).toBe(`${target}@b`);
    expect(choose({ backup: new Date(Date.UTC(2026, 0, 1, 12)) })).toBe(`${target}@a`);
    expect(choose({ incomplete: 'allow' })).toBe(`${target}@b`);
  });

  it('takes nothing that another test has made, but for what is named', () => {
    const own = state('quiesce-boot-1364083186-0a0b0c0d', 4, [guestOf('4', true)]);
    expect(choose({}, [...states.slice(0, 1), own, ...states.slice(1)])).toBe(`${target}@b`);
    expect(choose({ backup: own.snapshot ?? '' }, [...states, own])).toBe(own.snapshot);
  });

  it('takes what is named', () => {
    expect(choose({ backup: `${target}@a` })).toBe(`${target}@a`);
    expect(choose({ backup: 'now', incomplete: 'allow' })).toBeUndefined();
  });

  it('says why not', () => {
    expect(() => choose({ backup: 'now' })).toThrow('not every byte of /t/a/a.img is there');
    expect(() => choose({ backup: `${target}@c` })).toThrow('/t/a/a.img is missing');
    expect(() => choose({ backup: `${target}@none` })).toThrow('there is no such snapshot');
    expect(() => choose({ backup: 'now', guest: 'other' })).toThrow('not in that backup: there are MySQL');
    expect(() => choose({ guest: 'other' })).toThrow('in no backup that was asked for');
    expect(() => choose({ backup: new Date(0) })).toThrow('in no backup that was asked for');
    expect(() => choose({}, states.slice(0, 2))).toThrow('none is complete');
    expect(() => choose({}, [{ ...state(undefined, 4, []), folder: undefined }])).toThrow('zfs mount archives/backups');
  });
});
