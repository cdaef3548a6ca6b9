import type { Property } from '@quiesce/zfs';
import { describe, expect, it } from 'vitest';
import { readProvenance, snapshotProperties } from './provenance.js';
import { verifiedText } from './verified.js';

const runId = '00000000-0000-4000-8000-000000000001';

function properties(state: string, source: Property['source'] = 'local'): Record<string, Property> {
  const of = (property: string, value: string): Property => {
    const inheritedFrom = source === 'inherited' ? 'archives' : undefined;
    return { name: 'archives/backups', property, value, text: value, source, inheritedFrom };
  };
  return { 'quiesce:run': of('quiesce:run', runId), 'quiesce:state': of('quiesce:state', state) };
}

describe('readProvenance', () => {
  it('reads which run wrote last, and whether all of it is there', () => {
    expect(readProvenance(properties('complete'))).toEqual({ runId, complete: true });
    expect(readProvenance(properties('incomplete'))).toEqual({ runId, complete: false });
  });

  it('takes what came with the data from another pool', () => {
    expect(readProvenance(properties('complete', 'received'))).toEqual({ runId, complete: true });
  });

  it('takes nothing that was said of another dataset', () => {
    expect(readProvenance(properties('complete', 'inherited'))).toEqual({ runId: undefined, complete: undefined });
  });

  it('calls a dataset that has a run and no state of its own incomplete', () => {
    const { 'quiesce:run': run } = properties('complete');
    const { 'quiesce:state': state } = properties('complete', 'inherited');
    if (run === undefined || state === undefined) throw new Error('both are there');
    expect(readProvenance({ 'quiesce:run': run, 'quiesce:state': state })).toEqual({ runId, complete: false });
    expect(readProvenance({})).toEqual({ runId: undefined, complete: undefined });
  });
});

describe('snapshotProperties', () => {
  const runId = '1364083186-0a0b0c0d';
  const verified = verifiedText(runId, { at: new Date(0), outcome: 'whole' });

  it('take over what was said of the data that the snapshot keeps', () => {
    expect(snapshotProperties({ runId, complete: true }, verified)).toEqual({
      'quiesce:run': runId,
      'quiesce:state': 'complete',
      'quiesce:verified': verified,
    });
  });

  it('take over nothing that was said of another run', () => {
    const other = { runId: '1364169586-00000001', complete: false };
    expect(snapshotProperties(other, verified)).toEqual({
      'quiesce:run': other.runId,
      'quiesce:state': 'incomplete',
    });
    const none = { 'quiesce:run': 'none', 'quiesce:state': 'none' };
    expect(snapshotProperties({ runId: undefined, complete: undefined }, verified)).toEqual(none);
  });
});
