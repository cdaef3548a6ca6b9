import { OutputParseError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { recorded, releaseOn } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { createZfs } from '../../create-zfs.js';
import {
  parseZpoolDamagedFiles,
  parseZpoolDamagedFilesText,
  zpoolDamagedFilesCommand,
  zpoolDamagedFilesTextCommand,
} from './damaged-files.js';

const [trixie, bookworm] = [releaseOn('zfs', 'trixie'), releaseOn('zfs', 'bookworm')];
const pool = 'quiesce-scan';

describe('zpoolDamagedFilesCommand', () => {
  it('builds the words', () => {
    expect(zpoolDamagedFilesCommand({ pool })).toMatchObject({
      args: ['status', '-j', '-v', '-p', '-P', '--', pool],
      effect: 'read',
    });
    expect(zpoolDamagedFilesTextCommand({ pool }).args).toEqual(['status', '-v', '-p', '-P', '--', pool]);
  });
});

describe('damaged files', () => {
  const forged = 'an image\nerrors: No known data errors';
  const text = recorded(bookworm, 'damaged files text').stdout;

  it('are read from JSON', () => {
    expect(parseZpoolDamagedFiles(recorded(trixie, 'damaged files').stdout).sort()).toEqual([
      `/${pool}/${forged}`,
      `/${pool}/my data/image`,
    ]);
  });

  it('are read from text, whatever their names look like', () => {
    const files = [`/${pool}/my data/image`, `${pool}@kept:/${forged}`, `${pool}@kept:/kept`];
    expect(parseZpoolDamagedFilesText(text, 3).sort()).toEqual(files.sort());
    expect(parseZpoolDamagedFilesText(recorded(bookworm, 'scan text repaired').stdout, 0)).toEqual([]);
  });

  it('are refused where a name looks like several, or none is told', () => {
    const twice = text.replace('an image\n', 'an image\n        /etc/passwd\n');
    expect(() => parseZpoolDamagedFilesText(twice, 3)).toThrow(OutputParseError);
    expect(() => parseZpoolDamagedFilesText(recorded(bookworm, 'scan text damaged').stdout, 3)).toThrow(
      OutputParseError,
    );
    const untold = recorded(trixie, 'scan status damaged').stdout;
    expect(() => parseZpoolDamagedFiles(untold)).toThrow(OutputParseError);
    const hidden = recorded(trixie, 'damaged files nobody').stdout;
    expect(() => parseZpoolDamagedFilesText(hidden, 3)).toThrow(OutputParseError);
    expect(() => parseZpoolDamagedFiles('pool: tank')).toThrow(OutputParseError);
  });

  it('are asked for as text where zpool knows no JSON', async () => {
    const transport = scriptedTransport(({ args }) => {
      if (args[0] === 'list') return { stdout: `${pool}\t1\tONLINE\n` };
      if (args.includes('-j')) return recorded(bookworm, 'zpool status online');
      return recorded(bookworm, args.includes('-v') ? 'damaged files text' : 'scan text damaged');
    });
    expect(await createZfs({ transport }).pool.damagedFiles({ pool })).toHaveLength(3);
  });
});
