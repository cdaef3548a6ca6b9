import { createCommand, TimeoutError, type CommandError } from '@quiesce/command';
import { scriptedTransport, type ScriptedReply } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { createClients } from '../../clients.js';
import { resolveOptions } from '../options/resolve-options.js';
import { watchPool } from './watch-pool.js';

const pool = (state: string): ScriptedReply => ({ stdout: `archives\t1\t${state}\toff\t1000\t400\t600\t40\t0\n` });
const silence = { error: new TimeoutError({ command: createCommand('zpool', []), timeoutMs: 1, stillRunning: true }) };

async function watch(reply: ScriptedReply): Promise<string | undefined> {
  const transport = scriptedTransport(() => reply);
  const options = resolveOptions({ domains: [], volumes: ['/dev/SSD/images'], target: 'archives/backups', transport });
  const over = new AbortController();
  let told: CommandError | undefined;
  setTimeout(() => over.abort(), 200);
  const tell = (error: CommandError): void => {
    told = error;
  };
  await watchPool({ clients: createClients({ transport }), options }, over.signal, tell, 50);
  return told?.message;
}

describe('watchPool', () => {
  it.each([
    ['a pool that is suspended', pool('SUSPENDED'), 'the pool archives is suspended: '],
    ['a pool that does not answer', silence, 'the pool archives does not answer: '],
  ])('tells of %s', async (_, reply, message) => {
    expect(await watch(reply)).toContain(message);
  });

  it.each([
    ['works', pool('ONLINE')],
    ['is degraded', pool('DEGRADED')],
    ['can not be asked for', { exitCode: 1, stderr: 'permission denied\n' }],
  ])('ends in silence where the pool %s', async (_, reply) => {
    expect(await watch(reply)).toBeUndefined();
  });
});
