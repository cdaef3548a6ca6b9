import { describe, expect, it } from 'vitest';
import { zpoolClearEventsCommand } from './zpool-events-clear.js';

describe('zpoolClearEventsCommand', () => {
  it('builds the words', () => {
    expect(zpoolClearEventsCommand()).toEqual({ file: 'zpool', args: ['events', '-c'], effect: 'write', stop: 'wait' });
  });
});
