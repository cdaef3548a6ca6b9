import { describe, expect, it } from 'vitest';
import { parseVolumeGroupAttributes } from './volume-group-attributes.js';

describe('parseVolumeGroupAttributes', () => {
  it('reads those of a sound group', () => {
    expect(parseVolumeGroupAttributes('wz--n-')).toEqual({
      text: 'wz--n-',
      permissions: 'writeable',
      resizeable: true,
      exported: false,
      partial: false,
      allocation: 'normal',
      clustered: false,
      shared: false,
    });
  });

  it.each([
    ['r---l-', { permissions: 'read-only', resizeable: false, allocation: 'cling' }],
    ['wzx-n-', { exported: true }],
    ['wz-pn-', { partial: true }],
    ['wz--cc', { allocation: 'contiguous', clustered: true, shared: false }],
    ['wz--as', { allocation: 'anywhere', clustered: false, shared: true }],
    ['?z--?-', { permissions: 'unknown', allocation: 'unknown' }],
    ['', { permissions: 'unknown', exported: false, allocation: 'unknown' }],
  ])('reads %j', (text, expected) => {
    expect(parseVolumeGroupAttributes(text)).toMatchObject(expected);
  });
});
