import type { Case, Scenario } from '@quiesce/lab/scenario';
import { createPool, destroyPool, pool } from './parts/spare-pool.js';

const secret = `${pool}/secret`;
const hex = `${pool}/hex`;
const child = `${hex}/child`;
const passphrase = 'correct horse';
const hexKey = '0123456789abcdef'.repeat(4);
const rawKey = 'a'.repeat(32);

const prompt = (format: string): string[] => ['-o', `keyformat=${format}`, '-o', 'keylocation=prompt'];
const encrypted = (format: string): string[] => ['create', '-o', 'encryption=on', ...prompt(format)];
const load = ['load-key', '-L', 'prompt', '--'];

const creates: readonly Case[] = [
  { name: 'create passphrase', stdin: passphrase, args: [...encrypted('passphrase'), '--', secret] },
  { name: 'create hex', stdin: hexKey, args: [...encrypted('hex'), '--', hex] },
  { name: 'create raw', stdin: rawKey, args: [...encrypted('raw'), '--', `${pool}/raw`] },
  { name: 'wrong key create short', stdin: 'short', args: [...encrypted('passphrase'), '--', `${pool}/x`] },
  { name: 'wrong key create raw', stdin: 'short', args: [...encrypted('raw'), '--', `${pool}/x`] },
  { name: 'wrong key create hex', stdin: 'x'.repeat(64), args: [...encrypted('hex'), '--', `${pool}/x`] },
  { name: 'no key create', args: [...encrypted('passphrase'), '--', `${pool}/x`] },
  {
    name: 'no key create file',
    args: ['create', '-o', 'encryption=on', '-o', 'keyformat=raw', '-o', 'keylocation=file:///no', '--', `${pool}/x`],
  },
];

const loads: readonly Case[] = [
  { name: 'key loaded load', stdin: passphrase, args: [...load, secret] },
  { name: 'load-key dry run', stdin: passphrase, args: ['load-key', '-n', '-L', 'prompt', '--', secret] },
  { name: 'wrong key load dry run', stdin: 'wrong horse', args: ['load-key', '-n', '-L', 'prompt', '--', secret] },
  { name: 'busy unload-key', args: ['unload-key', '--', secret] },
  { name: 'permission unload-key', user: 'nobody', args: ['unload-key', '--', secret] },
  { name: 'unload-key', before: `zfs unmount ${secret}`, args: ['unload-key', '--', secret] },
  { name: 'key not loaded unload', args: ['unload-key', '--', secret] },
  { name: 'key not loaded mount', args: ['mount', '--', secret] },
  { name: 'key not loaded create', args: ['create', '--', `${secret}/x`] },
  { name: 'key not loaded change', stdin: passphrase, args: ['change-key', ...prompt('passphrase'), '--', secret] },
  { name: 'wrong key load', stdin: 'wrong horse', args: [...load, secret] },
  { name: 'wrong key load short', stdin: 'short', args: [...load, secret] },
  { name: 'wrong key load hex', stdin: 'abc', args: ['load-key', '-n', '-L', 'prompt', '--', hex] },
  { name: 'no key load', args: ['load-key', '--', secret] },
  { name: 'no key load file', args: ['load-key', '-L', 'file:///no', '--', secret] },
  { name: 'no key mount', args: ['mount', '-l', '--', secret] },
  { name: 'permission load-key', user: 'nobody', stdin: passphrase, args: [...load, secret] },
  { name: 'not encrypted load', stdin: passphrase, args: [...load, pool] },
  { name: 'not encrypted unload', args: ['unload-key', '--', pool] },
  { name: 'not found load-key', stdin: passphrase, args: [...load, `${pool}/no`] },
  { name: 'not found unload-key', args: ['unload-key', '--', `${pool}/no`] },
  { name: 'load-key', stdin: passphrase, args: [...load, secret] },
  { name: 'not root load', before: `zfs create ${child}`, stdin: passphrase, args: [...load, child] },
  { name: 'not root unload', args: ['unload-key', '--', child] },
];

const changes: readonly Case[] = [
  {
    name: 'change-key passphrase',
    stdin: 'another horse',
    args: ['change-key', ...prompt('passphrase'), '-o', 'pbkdf2iters=200000', '--', secret],
  },
  { name: 'change-key raw', stdin: rawKey, args: ['change-key', ...prompt('raw'), '--', secret] },
  { name: 'change-key as before', stdin: rawKey, args: ['change-key', '-o', 'keylocation=prompt', '--', secret] },
  { name: 'wrong key change raw', stdin: 'short', args: ['change-key', ...prompt('raw'), '--', secret] },
  { name: 'no key change', args: ['change-key', ...prompt('raw'), '--', secret] },
  { name: 'no key change file', args: ['change-key', '-o', 'keylocation=file:///no', '--', secret] },
  { name: 'change-key own', stdin: passphrase, args: ['change-key', ...prompt('passphrase'), '--', child] },
  { name: 'change-key inherit', args: ['change-key', '-i', '--', child] },
  { name: 'not root inherit', args: ['change-key', '-i', '--', child] },
  { name: 'not encrypted inherit', args: ['change-key', '-i', '--', secret] },
  { name: 'not encrypted change', stdin: passphrase, args: ['change-key', ...prompt('passphrase'), '--', pool] },
  { name: 'not found change-key', args: ['change-key', '-i', '--', `${pool}/no`] },
  {
    name: 'permission change-key',
    user: 'nobody',
    stdin: rawKey,
    args: ['change-key', ...prompt('raw'), '--', secret],
  },
  {
    name: 'key not loaded inherit',
    before: `
      printf %s '${passphrase}' | zfs change-key ${prompt('passphrase').join(' ')} ${child}
      zfs unmount ${hex}
      zfs unload-key ${hex}
    `,
    args: ['change-key', '-i', '--', child],
  },
];

export const scenario: Scenario = {
  program: 'zfs',
  setUp: createPool,
  cases: [...creates, ...loads, ...changes],
  tearDown: destroyPool,
};
