import { scriptedTransport } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { HostBusyError } from './host-busy-error.js';
import { readLiveRun } from './live-run.js';

const holder = '{"runId":"1-0a0b0c0d","pid":1,"machine":"here","hostPid":2,"since":1364083186}\n';

describe('readLiveRun', () => {
  it('takes no word of a holder for it while nobody holds the lock', async () => {
    const transport = scriptedTransport(({ file }) => (file === 'cat' ? { stdout: holder } : {}));
    await expect(readLiveRun(transport, undefined)).resolves.toBeUndefined();
  });

  it('waits for who has just taken the lock to say so', async () => {
    let asked = 0;
    const transport = scriptedTransport(({ file }) => {
      if (file !== 'cat') return { exitCode: 1 };
      asked += 1;
      return asked < 3 ? { exitCode: 1 } : { stdout: holder };
    });
    await expect(readLiveRun(transport, undefined)).resolves.toMatchObject({ runId: '1-0a0b0c0d', machine: 'here' });
  });

  it('does not go by what it can not know', async () => {
    const transport = scriptedTransport(() => ({ exitCode: 1 }));
    await expect(readLiveRun(transport, undefined)).rejects.toSatisfy((error) => HostBusyError.isInstance(error));
  });
});
