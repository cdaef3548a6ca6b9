import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLiveScreen, createPlainScreen, isLiveTerminal } from './screen.js';

let written: string[];
const stream = { columns: 11, write: (text: string): void => void written.push(text) };

beforeEach(() => {
  written = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a plain screen', () => {
  it('writes lines and nothing else', () => {
    const screen = createPlainScreen(stream);
    screen.show(() => ['at the bottom']);
    screen.print('a line that is longer than the terminal');
    expect(written).toEqual(['a line that is longer than the terminal\n']);
  });
});

describe('a live screen', () => {
  it('keeps lines at the bottom, cut to the width, and writes others above them', () => {
    const screen = createLiveScreen(stream);
    screen.show(() => ['1', '0123456789abc']);
    screen.print('stays');
    screen.show();
    expect(written).toEqual(['1\n0123456789\n', '\x1b[2A\r\x1b[Jstays\n1\n0123456789\n', '\x1b[2A\r\x1b[J']);
  });

  it('draws by itself until it is told to show nothing', () => {
    let count = 0;
    const screen = createLiveScreen(stream);
    screen.show(() => [String((count += 1))]);
    vi.advanceTimersByTime(400);
    expect(written).toEqual(['1\n', '\x1b[1A\r\x1b[J2\n', '\x1b[1A\r\x1b[J3\n']);
    screen.show();
    vi.advanceTimersByTime(1000);
    expect(written).toHaveLength(4);
  });
});

describe('isLiveTerminal', () => {
  it.each([
    [true, {}, true],
    [true, { NO_COLOR: '' }, true],
    [true, { NO_COLOR: '1' }, false],
    [true, { CI: 'true' }, false],
    [true, { TERM: 'dumb' }, false],
    [false, {}, false],
  ])('terminal %s with %j: %s', (isTTY, environment, expected) => {
    expect(isLiveTerminal({ ...stream, isTTY }, environment)).toBe(expected);
  });
});
