import { describe, expect, it } from 'vitest';
import { parseCommandLine, UsageError } from './arguments.js';

describe('the command line of the demo', () => {
  it('has defaults', () => {
    expect(parseCommandLine([])).toEqual({ release: 'trixie', json: undefined });
  });

  it('takes all options', () => {
    expect(parseCommandLine(['--json', 'out.json', '--release=bookworm'])).toEqual({
      release: 'bookworm',
      json: 'out.json',
    });
  });

  it.each([[['--release', 'sid']], [['now']], [['--json']], [['--quick']]])('refuses %j', (words) => {
    expect(() => parseCommandLine(words)).toThrow(UsageError);
  });
});
