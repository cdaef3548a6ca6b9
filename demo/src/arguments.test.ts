import { describe, expect, it } from 'vitest';
import { parseCommandLine, UsageError } from './arguments.js';

describe('the command line of the demo', () => {
  it('has defaults', () => {
    expect(parseCommandLine([])).toEqual({
      ...{ release: 'trixie', json: undefined, report: 'demo-report.html' },
    });
  });

  it('takes all options', () => {
    expect(parseCommandLine(['--json', 'out.json', '--report', 'page.html', '--release=bookworm'])).toEqual({
      release: 'bookworm',
      json: 'out.json',
      report: 'page.html',
    });
  });

  it.each([[['--release', 'sid']], [['now']], [['--json']], [['--quick']]])('refuses %j', (words) => {
    expect(() => parseCommandLine(words)).toThrow(UsageError);
  });
});
