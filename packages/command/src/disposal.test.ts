import { describe, expect, it } from 'vitest';
import { dryRun } from './dry-run.js';
import { localTransport } from './local-transport.js';
import { recording } from './recording.js';
import { sshTransport } from './ssh-transport.js';
import { sudo } from './sudo.js';
import type { Transport } from './transport.js';

describe('a transport that wraps another', () => {
  it('ends that when it is disposed of', async () => {
    const ended: string[] = [];
    const inner: Transport & AsyncDisposable & { readonly what: string } = {
      ...localTransport(),
      what: 'inner',
      async [Symbol.asyncDispose]() {
        ended.push(this.what);
      },
    };
    {
      await using _all = recording(dryRun(sudo(inner)));
    }
    expect(ended).toEqual(['inner']);
  });

  it('has nothing to end where that has nothing', async () => {
    expect(Symbol.asyncDispose in sudo(localTransport())).toBe(false);
    // @ts-expect-error -- there is nothing to dispose of
    const wrong: AsyncDisposable = sudo(localTransport());
    expect(wrong).not.toHaveProperty('close');
    await using _ssh = sudo(sshTransport({ host: 'nowhere.example' }));
  });
});
