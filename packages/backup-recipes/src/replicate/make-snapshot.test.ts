import { describe, expect, it } from 'vitest';
import { PreflightError } from '../preflight-error.js';
import type { BackupState } from '../target/states.js';
import { needsSnapshot, propertiesOfNow } from './make-snapshot.js';

const [older, newer] = ['1364083186-0a0b0c0d', '1364169586-00000001'];

function state(snapshot: string | undefined, runId: string | undefined, complete: boolean | undefined): BackupState {
  return {
    ...{ snapshot, runId, complete, folder: '/t', at: undefined, namedInstead: undefined, madeBy: 'run' },
    ...{ createdAt: undefined, usedBytes: 0, referencedBytes: 0, holds: 0, clones: [], guid: '1', verified: undefined },
    folders: runId === undefined ? [] : [{ folder: 'f', source: '/s', runId, complete: complete === true }],
    guests: [],
  };
}

const now = state(undefined, newer, true);

describe('needsSnapshot', () => {
  it('is true until a snapshot holds the same run, as whole as it is', () => {
    expect(needsSnapshot('t', [now])).toBe(true);
    expect(needsSnapshot('t', [now, state('t@1', older, true)])).toBe(true);
    expect(needsSnapshot('t', [now, state('t@1', newer, false)])).toBe(true);
    expect(needsSnapshot('t', [now, state('t@2', older, true), state('t@1', newer, true)])).toBe(false);
  });

  it('is true where a folder is of another run', () => {
    const other = {
      ...state('t@1', newer, true),
      folders: [{ folder: 'f', source: '/s', runId: older, complete: true }],
    };
    expect(needsSnapshot('t', [now, other])).toBe(true);
  });

  it('takes the snapshots of what no run wrote, and refuses where there are none', () => {
    const unknown = state(undefined, undefined, undefined);
    expect(needsSnapshot('t', [unknown, state('t@1', undefined, undefined)])).toBe(false);
    expect(() => needsSnapshot('t', [unknown])).toThrow(PreflightError);
    expect(() => needsSnapshot('t', [unknown])).toThrow('back up first');
  });
});

describe('propertiesOfNow', () => {
  it('tells whose data it is, and when that was compared', () => {
    const verified = { at: new Date(1_364_200_000_000), outcome: 'whole' } as const;
    expect(propertiesOfNow({ ...now, verified })).toEqual({
      'quiesce:run': newer,
      'quiesce:state': 'complete',
      'quiesce:verified': `${newer} 1364200000 whole`,
    });
    expect(propertiesOfNow(state(undefined, undefined, undefined))).toEqual({
      'quiesce:run': 'none',
      'quiesce:state': 'none',
    });
  });
});
