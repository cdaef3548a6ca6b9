import { describe, expect, it } from 'vitest';
import { createCommand } from './create-command.js';
import { quoteWord, quoteWords } from './quote.js';
import { describeCommand, toShell } from './to-shell.js';

describe('quoteWord', () => {
  it.each([
    ['plain-word_1.0', 'plain-word_1.0'],
    ['/dev/SSD/images', '/dev/SSD/images'],
    ['', "''"],
    ['a b', "'a b'"],
    ["it's", String.raw`'it'\''s'`],
    ['$HOME', "'$HOME'"],
    ['~', "'~'"],
    ['=ls', "'=ls'"],
    ['a\nb', "'a\nb'"],
  ])('%j becomes %j', (word, quoted) => {
    expect(quoteWord(word)).toBe(quoted);
  });

  it('joins words with blanks', () => {
    expect(quoteWords(['zfs', 'list', 'tank/my data'])).toBe("zfs list 'tank/my data'");
  });
});

describe('toShell', () => {
  it('shows environment and working directory', () => {
    const command = createCommand('ls', ['-l'], { effect: 'read', env: { A: 'b c' }, cwd: '/my dir' });
    expect(toShell(command)).toBe("(cd -- '/my dir' && A='b c' ls -l)");
  });

  it('quotes a program whose name would be an assignment', () => {
    expect(toShell(createCommand("a='b", []))).toBe(String.raw`'a='\''b'`);
  });
});

describe('describeCommand', () => {
  it('is one line, without passwords in addresses and values of variables', () => {
    const command = createCommand('rsync', ['rsync://me:secret@host/x', 'a\nb\u001b[31m'], {
      env: { PASSWORD: 'hidden' },
    });
    expect(describeCommand(command)).toBe("rsync rsync://me:***@host/x 'a b [31m'");
  });
});
