import { describe, expect, it } from 'vitest';
import { parsePauses } from './parse-pauses.js';

// As libvirt 11.3 prints it.
const event = (time: string, rest: string): string => `2026-11-23 ${time}+0000: event ${rest}\n`;

describe('parsePauses', () => {
  it('measures from suspended to resumed, domain by domain', () => {
    const output =
      event('23:59:55.864', "'lifecycle' for domain 'Server-Tim': Suspended Paused") +
      event('23:59:56.100', "'lifecycle' for domain 'MySQL': Suspended Paused") +
      event('23:59:58.940', "'lifecycle' for domain 'Server-Tim': Resumed Unpaused") +
      event('23:59:59.000', "'lifecycle' for domain 'MySQL': Resumed Unpaused");
    expect(parsePauses(output)).toEqual({ 'Server-Tim': 3076, MySQL: 2900 });
  });

  it('goes over midnight and adds several pauses up', () => {
    const output =
      "2026-11-23 23:59:59.000+0000: event 'lifecycle' for domain 'MySQL': Suspended Paused\n" +
      "2026-11-24 00:00:01.000+0000: event 'lifecycle' for domain 'MySQL': Resumed Unpaused\n" +
      "2026-11-24 00:00:02.000+0000: event 'lifecycle' for domain 'MySQL': Suspended Paused\n" +
      "2026-11-24 00:00:02.500+0000: event 'lifecycle' for domain 'MySQL': Resumed Unpaused\n";
    expect(parsePauses(output)).toEqual({ MySQL: 2500 });
  });

  it('passes over other events', () => {
    const output =
      event('16:02:55.864', "'metadata-change' for domain 'MySQL': element https://example.org") +
      event('16:02:56.000', "'lifecycle' for domain 'other': Defined Added") +
      'events received: 2\n';
    expect(parsePauses(output)).toEqual({});
  });

  it('refuses a domain that stayed paused', () => {
    const output = event('16:02:55.864', "'lifecycle' for domain 'MySQL': Suspended Paused");
    expect(() => parsePauses(output)).toThrow('never resumed: MySQL');
  });
});
