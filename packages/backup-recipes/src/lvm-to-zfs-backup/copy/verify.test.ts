import {
  appendFileSync,
  closeSync,
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCommand, ExitError, localTransport, OutputParseError, run } from '@quiesce/command';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseVerification, verifyCommand, type Verification, type VerificationResult } from './verify.js';

const transport = localTransport();
const seed = '1364083186-0badf00d';
const mebibyte = 1024 ** 2;
const both: Verification[] = ['full', 'sampled'];
let [folder, source, copy] = ['', '', ''];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'quiesce-verify-'));
  [source, copy] = [path.join(folder, 'source'), path.join(folder, 'copy')];
  mkdirSync(path.join(source, 'images'), { recursive: true });
  writeFileSync(path.join(source, 'base.img'), Buffer.alloc(11 * mebibyte, 'base'));
  writeFileSync(path.join(source, 'images/five.img'), Buffer.alloc(5 * mebibyte, 'five'));
  writeFileSync(path.join(source, 'images/small'), 'small');
  writeFileSync(path.join(source, 'images/empty'), '');
  symlinkSync('small', path.join(source, 'images/link'));
  cpSync(source, copy, { recursive: true, verbatimSymlinks: true });
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function verify(verification: Verification): Promise<VerificationResult> {
  const { stdout, stderr } = await run(transport, verifyCommand({ source, copy, verification, seed }));
  expect(stderr).toBe('');
  return parseVerification(stdout);
}

function flip(name: string, position: number, length = 1): void {
  const file = openSync(path.join(copy, name), 'r+');
  writeSync(file, Buffer.alloc(length, '!'), 0, length, position);
  closeSync(file);
}

describe('verifyCommand', () => {
  it('gives bash what it is about as words of their own', () => {
    const { args, ...command } = verifyCommand({
      source: '/run/backup/1',
      copy: '/srv/$(b)',
      verification: 'full',
      seed,
    });
    expect(command).toEqual({ file: 'bash', effect: 'read', stop: 'kill' });
    const words = ['-c', 'quiesce', '/run/backup/1', '/srv/$(b)', 'full'];
    expect(args.filter((_, index) => index !== 1)).toEqual([...words, '2398236068']);
  });

  it('finds nothing in a good copy, and tells what it looked at', async () => {
    const same = { files: 3, differences: 0, different: [] };
    expect(await verify('full')).toEqual({ ...same, bytes: 16 * mebibyte + 5 });
    expect(await verify('sampled')).toEqual({ ...same, bytes: (2 + 8 + 5) * mebibyte + 5 });
  });

  it.each([0, 5_000_000, 11 * mebibyte - 1])('finds one byte in all that is compared whole (%d)', async (position) => {
    flip('base.img', position);
    flip('images/small', 4);
    flip('images/five.img', 3_000_000);
    const different = ['images/five.img', 'images/small', 'base.img'];
    expect(await verify('full')).toMatchObject({
      differences: 3,
      different: expect.arrayContaining(different) as unknown,
    });
  });

  it('finds a file of other bytes by a sample', async () => {
    // All but its ends
    flip('base.img', mebibyte, 9 * mebibyte);
    expect(await verify('sampled')).toMatchObject({ differences: 1, different: ['base.img'] });
  });

  it.each([0, 11 * mebibyte - 1])('finds a byte at an end of a file by a sample (%d)', async (position) => {
    flip('base.img', position);
    expect(await verify('sampled')).toMatchObject({ differences: 1, different: ['base.img'] });
  });

  it.each(both)('finds what is missing, surplus, longer, shorter, or something else (%s)', async (verification) => {
    rmSync(path.join(copy, 'images/small'));
    writeFileSync(path.join(copy, 'surplus'), '');
    truncateSync(path.join(copy, 'base.img'), 11 * mebibyte - 1);
    appendFileSync(path.join(copy, 'images/five.img'), 'x');
    rmSync(path.join(copy, 'images/empty'));
    mkdirSync(path.join(copy, 'images/empty'));
    rmSync(path.join(copy, 'images/link'));
    symlinkSync('smaller', path.join(copy, 'images/link'));
    const { different, ...numbers } = await verify(verification);
    expect(numbers).toEqual({ files: 0, bytes: 0, differences: 6 });
    const images = ['images/empty', 'images/five.img', 'images/link', 'images/small'];
    expect([...different].sort()).toEqual(['base.img', ...images, 'surplus']);
  });

  it.each(both)(
    'compares what is one file on both sides once, and what is not as often as it is (%s)',
    async (verification) => {
      for (const name of ['a', 'b', 'c']) {
        linkSync(path.join(source, 'images/small'), path.join(source, name));
        linkSync(path.join(copy, 'images/small'), path.join(copy, name));
      }
      expect(await verify(verification)).toMatchObject({ files: 3, differences: 0 });
      rmSync(path.join(copy, 'b'));
      writeFileSync(path.join(copy, 'b'), 'SMALL');
      expect(await verify(verification)).toMatchObject({ files: 4, differences: 1, different: ['b'] });
    },
  );

  it('compares all small files, or 256 of them: others for another seed', async () => {
    for (const place of [source, copy]) {
      for (let index = 0; index < 1100; index++) writeFileSync(path.join(place, String(index)), '='.repeat(index + 1));
    }
    expect(await verify('full')).toMatchObject({ files: 1103, differences: 0 });
    const sampled = await verify('sampled');
    expect(sampled).toMatchObject({ files: 258, differences: 0 });
    expect(await verify('sampled')).toEqual(sampled);
    const other = verifyCommand({ source, copy, verification: 'sampled', seed: 'other' });
    expect(parseVerification((await run(transport, other)).stdout).bytes).not.toBe(sampled.bytes);
  });

  it('names the first 20 that differ, and counts all', async () => {
    for (let index = 0; index < 30; index++) writeFileSync(path.join(copy, String(index)), '');
    const { different, differences } = await verify('full');
    expect(differences).toBe(30);
    expect(different).toHaveLength(20);
  });

  it.each(both)('takes any name for a name (%s)', async (verification) => {
    const names = ['-rf', ' ', 'a\nb', '\n', '\t\tf 1 x', '*', '@', "'", '"', '\\', '$(touch pwned)', '`x`', 'a]', 'é'];
    for (const name of names) {
      for (const place of [source, copy]) {
        mkdirSync(path.join(place, `d${name}`));
        writeFileSync(path.join(place, `d${name}`, name), 'same');
        writeFileSync(path.join(place, name), place.slice(-4));
      }
    }
    for (const cwd of [source, copy]) {
      await run(transport, createCommand('bash', ['-c', "printf same >$'\\xff'"], { cwd, effect: 'write' }));
    }
    const { files, different } = await verify(verification);
    expect(files).toBe(3 + 2 * names.length + 1);
    expect([...different].sort()).toEqual([...names].sort());
  });

  it.each(both)('fails where a folder is not there (%s)', async (verification) => {
    rmSync(copy, { recursive: true });
    await expect(verify(verification)).rejects.toThrow(ExitError);
    rmSync(source, { recursive: true });
    await expect(verify(verification)).rejects.toThrow(ExitError);
  });

  it.each(both)('fails where a file can not be read on either side (%s)', async (verification) => {
    // A cat and a cmp that can't.
    const bin = path.join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(path.join(bin, 'cat'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const cmp = '#!/bin/sh\ncase $* in *images/small*) exit 2 ;; esac\nexec /usr/bin/cmp "$@"\n';
    writeFileSync(path.join(bin, 'cmp'), cmp, { mode: 0o755 });
    const command = verifyCommand({ source, copy, verification, seed });
    await expect(run(transport, { ...command, env: { PATH: `${bin}:/usr/bin:/bin` } })).rejects.toThrow(ExitError);
  });
});

describe('parseVerification', () => {
  const stdout = 'different a\nb\0different files 7\0files 3\0bytes 42\0differences 2\0';

  it('reads numbers and names', () => {
    expect(parseVerification(stdout)).toEqual({ files: 3, bytes: 42, differences: 2, different: ['a\nb', 'files 7'] });
  });

  it('makes nothing of what was cut short', () => {
    expect(() => parseVerification('')).toThrow(OutputParseError);
    expect(() => parseVerification(stdout.slice(0, -1))).toThrow(OutputParseError);
    expect(() => parseVerification(stdout.slice(0, -15))).toThrow(OutputParseError);
  });
});
