import { linkSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCommand, ExitError, localTransport, OutputParseError, run } from '@quiesce/command';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { breakLinksCommand, parseBrokenLinks } from './break-links.js';

const transport = localTransport();
let [folder, source, destination] = ['', '', ''];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'quiesce-links-'));
  [source, destination] = [path.join(folder, 'source'), path.join(folder, 'destination')];
  mkdirSync(source);
  mkdirSync(destination);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Makes one file with all these names. */
function file(place: string, ...names: string[]): void {
  const [first = '', ...others] = names.map((name) => path.join(place, name));
  mkdirSync(path.dirname(first), { recursive: true });
  writeFileSync(first, first);
  for (const other of others) {
    mkdirSync(path.dirname(other), { recursive: true });
    linkSync(first, other);
  }
}

async function broken(): Promise<number> {
  const { stdout } = await run(transport, breakLinksCommand({ source, destination }));
  return parseBrokenLinks(stdout);
}

function names(): string[] {
  return readdirSync(destination, { recursive: true, encoding: 'utf8' }).sort();
}

describe('breakLinksCommand', () => {
  it('gives bash both folders as words of their own', () => {
    const { args, ...command } = breakLinksCommand({ source: '/run/backup/1', destination: '/srv/$(b)' });
    expect(command).toEqual({ file: 'bash', effect: 'write', stop: 'kill' });
    expect(args.filter((_, index) => index !== 1)).toEqual(['-c', 'quiesce', '/run/backup/1', '/srv/$(b)']);
  });

  it('leaves the most names where they are, and removes those of other files', async () => {
    file(destination, 'a', 'b', 'c', 'images/d');
    file(source, 'a');
    file(source, 'b', 'images/d');
    file(source, 'c');
    expect(await broken()).toBe(2);
    expect(names()).toEqual(['b', 'images', 'images/d']);
    expect(await broken()).toBe(0);
  });

  it('touches nothing that is linked as in the source, or will be gone altogether', async () => {
    file(destination, 'a', 'b');
    file(destination, 'gone', 'gone too');
    file(destination, 'alone');
    file(source, 'a', 'b', 'new');
    expect(await broken()).toBe(0);
    expect(names()).toEqual(['a', 'alone', 'b', 'gone', 'gone too']);
  });

  it('takes away what the source lacks or has a folder for, rather than what will be written to', async () => {
    file(destination, 'a', 'b', 'c');
    file(source, 'c');
    mkdirSync(path.join(source, 'a'));
    expect(await broken()).toBe(2);
    expect(names()).toEqual(['c']);
  });

  it('removes all names of what has another one outside the folder', async () => {
    file(destination, 'a', 'b');
    linkSync(path.join(destination, 'a'), path.join(folder, 'outside'));
    file(source, 'a', 'b');
    expect(await broken()).toBe(2);
    expect(names()).toEqual([]);
    expect(lstatSync(path.join(folder, 'outside')).nlink).toBe(1);
  });

  it('parts symbolic links too: they have owners and times', async () => {
    symlinkSync('x', path.join(destination, 'a'));
    linkSync(path.join(destination, 'a'), path.join(destination, 'b'));
    for (const name of ['a', 'b']) symlinkSync('x', path.join(source, name));
    expect(await broken()).toBe(1);
  });

  it('follows no symbolic link below the destination', async () => {
    file(folder, 'elsewhere/a', 'elsewhere/b');
    symlinkSync('../elsewhere', path.join(destination, 'images'));
    file(source, 'images/a');
    file(source, 'images/b');
    expect(await broken()).toBe(0);
    expect(readdirSync(path.join(folder, 'elsewhere'))).toEqual(['a', 'b']);
  });

  it('takes any name for a name', async () => {
    const hostile = [
      '-rf',
      ' ',
      'a\nb',
      '\n',
      '*',
      '@',
      "'",
      '"',
      '\\',
      '$(touch pwned)',
      '`x`',
      'a]',
      '0',
      'é',
      '//x//y',
    ];
    for (const name of hostile) {
      file(destination, `${name}/x`, `${name}/${name.replaceAll('/', '')} `);
      file(source, `${name}/x`);
      file(source, `${name}/${name.replaceAll('/', '')} `);
    }
    const script = "printf x >$'\\xff' && ln $'\\xff' $'\\xfe'";
    await run(transport, createCommand('bash', ['-c', script], { cwd: destination, effect: 'write' }));
    await run(transport, createCommand('bash', ['-c', "touch $'\\xff' $'\\xfe'"], { cwd: source, effect: 'write' }));
    expect(await broken()).toBe(hostile.length + 1);
    expect(names().filter((name) => !name.includes('/'))).toHaveLength(hostile.length + 1);
    expect(await broken()).toBe(0);
  });

  it('has nothing to do where there is no destination yet', async () => {
    rmSync(destination, { recursive: true });
    expect(await broken()).toBe(0);
  });

  it('fails, and has removed nothing, where the source is not there', async () => {
    file(destination, 'a', 'b');
    rmSync(source, { recursive: true });
    await expect(broken()).rejects.toThrow(ExitError);
    expect(names()).toEqual(['a', 'b']);
  });

  it('fails where a name can not be removed', async () => {
    file(destination, 'a', 'b');
    file(source, 'a');
    file(source, 'b');
    // A program of that name that refuses, as on a file that is immutable.
    const bin = path.join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(path.join(bin, 'rm'), '#!/bin/sh\ncase $* in *./*) exit 1 ;; esac\nexec /bin/rm "$@"\n', {
      mode: 0o755,
    });
    const command = breakLinksCommand({ source, destination });
    const env = { PATH: `${bin}:/usr/bin:/bin` };
    await expect(run(transport, { ...command, env })).rejects.toThrow(ExitError);
  });
});

describe('parseBrokenLinks', () => {
  it('reads how many', () => {
    expect(parseBrokenLinks('12\n')).toBe(12);
  });

  it('makes nothing of anything else', () => {
    expect(() => parseBrokenLinks('')).toThrow(OutputParseError);
  });
});
