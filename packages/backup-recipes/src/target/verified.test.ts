import { describe, expect, it } from 'vitest';
import { parseVerified, verifiedText } from './verified.js';

const runId = '1364083186-0a0b0c0d';
const at = new Date('2013-03-25T00:00:00Z');

describe('parseVerified', () => {
  it.each(['whole', 'partly', 'damaged'] as const)('reads what is written: %s', (outcome) => {
    expect(parseVerified(verifiedText(runId, { at, outcome }), runId)).toEqual({ at, outcome });
  });

  it('does not take over what was said of another run', () => {
    const text = verifiedText(runId, { at, outcome: 'whole' });
    expect(parseVerified(text, '1364169586-00000001')).toBeUndefined();
    expect(parseVerified(text, undefined)).toBeUndefined();
  });

  it.each([undefined, '', '-', `${runId} now whole`, `${runId} 1 good`, `${runId} 999999999999 whole`])(
    'takes nothing from %j',
    (text) => {
      expect(parseVerified(text, runId)).toBeUndefined();
    },
  );
});
