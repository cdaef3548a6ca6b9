import { describe, expect, it } from 'vitest';
import { parseGuestAddress } from './guest-address.js';

describe('parseGuestAddress', () => {
  it.each([
    '192.0.2.0/24',
    '192.0.2.255/24',
    '192.0.2.7',
    '192.0.2.7/30',
    '10.0.0.1/7',
    '256.0.2.7/24',
    '::1/24',
    '1.2.3/8',
  ])('refuses %s', (text) => {
    expect(parseGuestAddress(text)).toBeUndefined();
  });
});
