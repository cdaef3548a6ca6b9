import { OutputParseError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { parseSnapshotStatus, snapshotStatusCommand } from './snapshot-status.js';

describe('snapshotStatusCommand', () => {
  it('asks for one device', () => {
    expect(snapshotStatusCommand({ mapperName: 'SSD-images.1' })).toEqual({
      file: 'dmsetup',
      args: ['status', '--target', 'snapshot', '--', 'SSD-images.1'],
      effect: 'read',
      stop: 'kill',
    });
  });
});

// device-mapper 1.02.205 of Debian 13, kernel 6.12
describe('parseSnapshotStatus', () => {
  it('reads how full it is', () => {
    expect(parseSnapshotStatus('0 524288 snapshot 3072/8192 2048\n')).toEqual({ valid: true, usedPercent: 37.5 });
  });

  it('knows one that filled up', () => {
    expect(parseSnapshotStatus('0 524288 snapshot Invalid\n')).toEqual({ valid: false, usedPercent: undefined });
  });

  it('refuses a device that is no snapshot, for which dmsetup prints nothing', () => {
    expect(() => parseSnapshotStatus('')).toThrow(OutputParseError);
  });
});
