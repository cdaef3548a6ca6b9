import { describe, expect, it } from 'vitest';
import { PreflightError } from '../preflight-error.js';
import { bootTest } from './boot-test.js';
import { resolveBootOptions, type BootTestOptions } from './options.js';

const good: BootTestOptions = { target: 'archives/backups', guest: 'MySQL', sign: { console: 'login:' } };

function problemsOf(options: unknown): string[] {
  try {
    bootTest(options as BootTestOptions);
    return [];
  } catch (error) {
    if (!PreflightError.isInstance(error)) throw error;
    return error.problems.map(({ option }) => option);
  }
}

describe('the options of bootTest', () => {
  it('have defaults', () => {
    expect(resolveBootOptions(good)).toMatchObject({ backup: undefined, incomplete: 'refuse', timeoutMs: 300_000 });
  });

  it('are taken', () => {
    for (const backup of ['now', 'archives/backups@daily.1', new Date()]) {
      expect(problemsOf({ ...good, backup })).toEqual([]);
    }
    expect(
      problemsOf({ ...good, sign: { console: /x/ }, memoryBytes: 2 ** 30, vcpus: 2, incomplete: 'allow' }),
    ).toEqual([]);
    expect(problemsOf({ ...good, sign: { agent: true }, timeoutMs: 1000 })).toEqual([]);
  });

  it.each([
    [{ target: '/archives' }, 'target'],
    [{ guest: '' }, 'guest'],
    [{ sign: { console: ' ' } }, 'sign.console'],
    [{ sign: { console: /(?:)/ } }, 'sign.console'],
    [{ sign: { console: /.*/g } }, 'sign.console'],
    [{ sign: {} }, 'sign'],
    [{ sign: { port: 22 } }, 'sign'],
    [{ sign: { port: 0, says: 'x' } }, 'sign.port'],
    [{ sign: { port: 22.5, says: 'x' } }, 'sign.port'],
    [{ sign: { port: 22, says: '' } }, 'sign.says'],
    [{ sign: { port: 22, says: '220 ready\r\n' } }, 'sign.says'],
    [{ sign: { console: '\u001B[1mOK' } }, 'sign.console'],
    [{ sign: { port: 22, says: /.*/ } }, 'sign.says'],
    [{ sign: { port: 22, says: 'x', send: 'a\0b' } }, 'sign.send'],
    [{ sign: { port: 22, says: 'x', address: '192.0.2.7' } }, 'sign.address'],
    [{ sign: { console: 'x', agent: true } }, 'sign'],
    [{ sign: undefined }, 'sign'],
    [{ backup: 'other@daily.1' }, 'backup'],
    [{ backup: 'archives/backups@' }, 'backup'],
    [{ backup: new Date(Number.NaN) }, 'backup'],
    [{ backup: 7 }, 'backup'],
    [{ timeoutMs: 0 }, 'timeoutMs'],
    [{ timeoutMs: Number.NaN }, 'timeoutMs'],
    [{ memoryBytes: 1 }, 'memoryBytes'],
    [{ vcpus: 0.5 }, 'vcpus'],
    [{ incomplete: 'yes' }, 'incomplete'],
    [{ limits: { readMs: 1 } }, 'limits.readMs'],
  ])('are refused: %j', (wrong, option) => {
    expect(problemsOf({ ...good, ...wrong })).toEqual([option]);
  });

  it('are all told at once, and no others are there', () => {
    expect(problemsOf({ ...good, guest: '', vcpus: 0 })).toEqual(['guest', 'vcpus']);
    expect(problemsOf({ ...good, port: 22 })).toEqual(['port']);
  });
});
