import { describe, expect, it } from 'vitest';
import { parseCommandLine, UsageError } from './cli-arguments.js';

describe('parseCommandLine', () => {
  it('defaults', () => {
    expect(parseCommandLine(['up'])).toEqual({ action: 'up', name: 'default', release: 'trixie', words: [] });
  });
  it('all options', () => {
    const expected = { action: 'reset', name: 'other', release: 'bookworm', words: [] };
    expect(parseCommandLine(['reset', '--name', 'other', '--release=bookworm'])).toEqual(expected);
  });
  it('takes the client to record', () => {
    const expected = { action: 'record', client: 'zfs', name: 'mine', release: 'bookworm', words: [] };
    expect(parseCommandLine(['record', 'zfs', '--release', 'bookworm', '--name', 'mine'])).toEqual(expected);
    const topic = parseCommandLine(['record', 'zfs', 'pool', '--release', 'bookworm', '--name', 'mine']);
    expect(topic).toEqual({ ...expected, topic: 'pool' });
  });
  it.each([
    [
      ['ssh', 'virsh', 'list', '--all'],
      ['virsh', 'list', '--all'],
    ],
    [['ssh', '--name', 'other', '--', '--name'], ['--name']],
    [
      ['ssh', 'echo', '--name', 'mine'],
      ['echo', '--name', 'mine'],
    ],
    [['ssh'], []],
  ])('leaves the words of %j for the lab', (given, words) => {
    expect(parseCommandLine(given).words).toEqual(words);
  });
  it.each([
    [[]],
    [['upp']],
    [['up', 'now']],
    [['up', '--release', 'buster']],
    [['up', '--name']],
    [['down', '--force']],
    [['record']],
    [['record', '--release', 'trixie']],
    [['record', 'zfs', 'pool', 'dataset']],
  ])('refuses %j', (words) => {
    expect(() => parseCommandLine(words)).toThrow(UsageError);
  });
});
