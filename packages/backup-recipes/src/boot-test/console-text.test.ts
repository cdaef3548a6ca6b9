import { describe, expect, it } from 'vitest';
import { ConsoleText } from './console-text.js';

function printed(...chunks: readonly (string | Buffer)[]): ConsoleText {
  const text = new ConsoleText();
  for (const chunk of chunks) text.push(Buffer.from(chunk));
  return text;
}

describe('ConsoleText', () => {
  it('finds a sign that came in parts, in colour, and without an end of line', () => {
    const text = printed('\u001B[1mOK\u001B[0m\r\nserver log', 'in: ');
    expect(text.shows('server login:')).toBe(true);
    expect(text.shows(/^OK\nserver/)).toBe(true);
    expect(text.shows('Login')).toBe(false);
    expect(text.lines(50)).toEqual(['OK', 'server login: ']);
  });

  it('asks a pattern anew each time', () => {
    const sign = /login/gy;
    const text = printed('login login');
    expect([text.shows(sign), text.shows(sign), text.shows(sign)]).toEqual([true, true, true]);
  });

  it('reads characters that came in halves', () => {
    const [one, other] = [Buffer.from('ä').subarray(0, 1), Buffer.from('ä').subarray(1)];
    expect(printed(one, other).text).toBe('ä');
  });

  it('keeps the end of much, and counts all', () => {
    const text = printed(...Array.from({ length: 100 }, (_, index) => `${String(index)} ${'x'.repeat(10_000)}\n`));
    expect(text.bytes).toBeGreaterThan(1_000_000);
    expect(text.text.length).toBeLessThan(80_000);
    expect(text.lines(2).map((line) => line.slice(0, 3))).toEqual(['98 ', '99 ']);
    expect(printed().lines(50)).toEqual([]);
  });
});
