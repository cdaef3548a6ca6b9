import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createCommandRunner } from './client.js';
import { createCommand } from './create-command.js';
import { dryRun } from './dry-run.js';
import { sudo } from './sudo.js';
import { scriptedTransport } from './testing/scripted-transport.js';

const words = { file: 'zfs', args: ['load-key', 'tank'], effect: 'write', stop: 'wait' } as const;
const load = createCommand('zfs', ['load-key', 'tank'], { stdin: 'sécret' });

describe('a command with input', () => {
  it('is shown without it', () => {
    const shown = { ...words, stdin: '[7 bytes]' };
    expect(JSON.parse(JSON.stringify({ load }))).toEqual({ load: shown });
    expect(inspect([load])).toContain("stdin: '[7 bytes]'");
    expect(inspect([load])).not.toContain('sécret');
    const bytes = createCommand('cat', [], { stdin: new Uint8Array(32) });
    expect(JSON.parse(JSON.stringify(bytes))).toMatchObject({ stdin: '[32 bytes]' });
  });

  it('is plain data that keeps it', () => {
    expect(load.stdin).toBe('sécret');
    expect(Object.keys(load)).toEqual(['file', 'args', 'stdin', 'effect', 'stop']);
    expect(structuredClone(load)).toEqual({ ...words, stdin: 'sécret' });
    expect({ ...load }.stdin).toBe('sécret');
    expect(Object.isFrozen(load)).toBe(true);
  });

  it('is shown without it where a client ran it, also through sudo', async () => {
    const inner = dryRun(scriptedTransport(() => ({})));
    for (const transport of [inner, sudo(inner)]) {
      await createCommandRunner({ transport, path: '/sbin/zfs' }, { program: 'zfs', errors: [] }).perform(load);
    }
    expect(inner.commands.map(({ stdin }) => stdin)).toEqual(['sécret', 'sécret']);
    expect(`${JSON.stringify(inner.commands)} ${inspect(inner.commands)}`).not.toContain('sécret');
  });

  it('is what it was without input', () => {
    expect(Reflect.ownKeys(createCommand('zfs', ['load-key', 'tank']))).toEqual(['file', 'args', 'effect', 'stop']);
  });
});
