import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCommand, ExitError, localTransport, run } from '@quiesce/command';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exactly, varying, type AllowedCommand } from './allowed.js';
import { doorScript } from './door.js';

const hostile = [
  "it's",
  'a b',
  '*',
  '%s',
  '!x',
  String.raw`a\,b:c=d`,
  '[a-z]',
  '$HOME',
  '~',
  '=',
  '',
  'two\nlines',
  '#x',
];
const printing = (...words: readonly string[]): readonly string[] => ['%s\\0', ...words];
let folder = '';
let script = '';

async function door(commands: readonly AllowedCommand[]): Promise<(words: readonly string[]) => Promise<string>> {
  const options = { user: 'reader', doorPath: '/usr/local/sbin/door', commands, what: 'a test' };
  // Who runs the tests need not be root: the rest of the door is the same.
  await writeFile(script, doorScript(options).replace('EUID != 0', '0'));
  await chmod(script, 0o755);
  return async (words) => {
    try {
      return (await run(localTransport(), createCommand(script, words, { effect: 'read' }))).stdout;
    } catch (error) {
      if (ExitError.isInstance(error) && error.stderr.startsWith('Sorry, user')) return 'refused';
      throw error;
    }
  };
}

describe('doorScript', () => {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'quiesce-door-'));
    script = path.join(folder, 'door');
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('runs a command with exactly these words, whatever is in them', async () => {
    const ask = await door([exactly(createCommand('printf', printing(...hostile)))]);
    expect(await ask(['printf', ...printing(...hostile)])).toBe(hostile.map((word) => `${word}\0`).join(''));
    expect(await ask(['printf', ...printing(...hostile, 'more')])).toBe('refused');
    expect(await ask(['printf', ...printing(...hostile.slice(1))])).toBe('refused');
    expect(await ask(['printf', printing(...hostile).join(' ')])).toBe('refused');
    for (const [index] of hostile.entries()) {
      const other = hostile.with(index, `${hostile[index] ?? ''}x`);
      expect(await ask(['printf', ...printing(...other)])).toBe('refused');
      const parted = hostile.flatMap((word, at) => (at === index ? [word, ''] : [word]));
      expect(await ask(['printf', ...printing(...parted)])).toBe('refused');
    }
    expect(await ask([])).toBe('refused');
  });

  it('takes a pattern for all of a word, and every other character of it for itself', async () => {
    const sample = 'tank/a+b.c (x)@N';
    const ask = await door([varying(createCommand('printf', printing(sample)), { N: '[a-z]+|[0-9]+' })]);
    const word = (text: string): Promise<string> => ask(['printf', ...printing(text)]);
    expect(await word('tank/a+b.c (x)@daily')).toBe('tank/a+b.c (x)@daily\0');
    expect(await word('tank/a+b.c (x)@17')).toBe('tank/a+b.c (x)@17\0');
    for (const text of [
      'tank/a+b.c (x)@',
      'tank/a+bxc (x)@daily',
      'tank/a+b.c (x)@daily\n/etc',
      'x\ntank/a+b.c (x)@1',
      '17',
    ]) {
      expect([text, await word(text)]).toEqual([text, 'refused']);
    }
  });

  it('allows any words where it is told to, of that program alone', async () => {
    const ask = await door([{ words: ['printf'], rest: true }]);
    expect(await ask(['printf', ...printing('a', 'b c')])).toBe('a\0b c\0');
    expect(await ask(['/usr/bin/printf', 'a'])).toBe('refused');
    expect(await ask(['printf2', 'a'])).toBe('refused');
  });

  it('ends no process of others', async () => {
    const ask = await door([]);
    await expect(ask(['kill', '-s', 'TERM', '--', '1'])).rejects.toThrow('exit code 1');
    expect(await ask(['kill', '-s', 'STOP', '--', '1'])).toBe('refused');
  });
});
