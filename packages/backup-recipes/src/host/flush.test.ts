import { describe, expect, it } from 'vitest';
import { syncCommand } from './flush.js';

describe('syncCommand', () => {
  it('is about some file systems, and never about all', () => {
    expect(syncCommand({ folders: ['/srv/SSD/images', '/-x'] })).toMatchObject({
      file: 'sync',
      args: ['--file-system', '--', '/srv/SSD/images', '/-x'],
      effect: 'write',
    });
    expect(syncCommand({ folders: [] })).toMatchObject({ file: 'true', args: [] });
  });
});
