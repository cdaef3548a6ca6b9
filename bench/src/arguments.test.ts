import { describe, expect, it } from 'vitest';
import { parseCommandLine, UsageError } from './arguments.js';

describe('the command line of the benchmarks', () => {
  it('has defaults', () => {
    expect(parseCommandLine(['pause'])).toEqual({ bench: 'pause', rounds: 3, release: 'trixie', json: undefined });
  });

  it('takes all options', () => {
    const words = ['run', '--rounds', '5', '--json=pause.json', '--release', 'bookworm'];
    expect(parseCommandLine(words)).toEqual({ bench: 'run', rounds: 5, release: 'bookworm', json: 'pause.json' });
  });

  it.each([[[]], [['speed']], [['pause', 'now']], [['pause', '--rounds', '0']], [['pause', '--rounds=x']]])(
    'refuses %j',
    (words) => {
      expect(() => parseCommandLine(words)).toThrow(UsageError);
    },
  );

  it.each([[['pause', '--release', 'sid']], [['pause', '--quick']], [['pause', '--json']]])('refuses %j', (words) => {
    expect(() => parseCommandLine(words)).toThrow(UsageError);
  });
});
