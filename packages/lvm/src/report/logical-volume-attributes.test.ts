import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLogicalVolumeAttributes } from './logical-volume-attributes.js';

describe('parseLogicalVolumeAttributes', () => {
  it.each([
    ['-wi-a-----', { kind: 'plain', permissions: 'writeable', state: 'active', open: false, health: 'ok' }],
    ['-wi-------', { kind: 'plain', state: 'inactive', open: false }],
    ['rwi-aor---', { kind: 'raid', open: true, health: 'ok' }],
    ['rwi-a-r-p-', { kind: 'raid', health: 'partial' }],
    ['owi-aos---', { kind: 'origin', open: true, merging: false, invalid: false }],
    ['Owi-a-s---', { kind: 'origin', merging: true }],
    ['sri-a-s---', { kind: 'snapshot', permissions: 'read-only' }],
    ['Swi-a-s---', { kind: 'snapshot', merging: true }],
    ['swi-I-s---', { kind: 'snapshot', state: 'invalid-snapshot', invalid: true }],
    ['swi-S-s---', { state: 'invalid-suspended-snapshot', invalid: true }],
    ['swi-m-s---', { state: 'merge-failed', invalid: false }],
    ['-wi-s-----', { state: 'suspended' }],
    ['-wi-XX--X-', { state: 'unknown', open: undefined, health: 'unknown' }],
    ['Vwi-a-t---', { kind: 'thin' }],
    ['twi-aotz--', { kind: 'thin-pool', open: true }],
    ['twi-aotzD-', { kind: 'thin-pool', health: 'out-of-data-space' }],
    ['iwi-aor---', { kind: 'image' }],
    ['ewi-aor---', { kind: 'metadata' }],
    ['?zi-?-----', { kind: 'other', permissions: 'unknown', state: 'unknown' }],
    ['', { text: '', kind: 'other', open: undefined, health: 'unknown' }],
  ])('reads %j', (text, expected) => {
    expect(parseLogicalVolumeAttributes(text)).toMatchObject({ text, ...expected });
  });

  it('takes whatever a later version prints', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (text) => {
        const { kind, state, health } = parseLogicalVolumeAttributes(text);
        for (const word of [kind, state, health]) expect(word).toMatch(/^[a-z-]+$/);
      }),
    );
  });
});
