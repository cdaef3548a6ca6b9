import { recordedBytes, releases } from '@quiesce/lab/recorded';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOutputParser, type SyncEvent } from './output-parser.js';

interface Parsed {
  readonly events: readonly SyncEvent[];
  readonly lines: readonly string[];
}

function parse(...chunks: readonly Uint8Array[]): Parsed {
  const parser = createOutputParser();
  const events = [...chunks.flatMap((chunk) => parser.push(chunk)), ...parser.end()];
  return { events, lines: parser.lines() };
}

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const ofType = <Type extends SyncEvent['type']>({ events }: Parsed, type: Type): Extract<SyncEvent, { type: Type }>[] =>
  events.filter((event): event is Extract<SyncEvent, { type: Type }> => event.type === type);

const streams = ['names', 'names-changed', 'unreadable', 'limited', 'many', 'clash', 'no-space', 'skipped'];

describe.each(releases('rsync'))('createOutputParser on %s', (release) => {
  it('reads names that look like something else', () => {
    const parsed = parse(recordedBytes(release, 'names').stdout);
    // Whether the folder's own time differs depends on how fast the machine was.
    const changes = ofType(parsed, 'change').filter(({ path }) => path !== '.');
    expect(changes.map(({ action, fileType, path }) => [action, fileType, path])).toEqual([
      ['deleted', undefined, 'gonedir/x'],
      ['deleted', 'directory', 'gonedir'],
      ['deleted', undefined, 'gone'],
      ['created', 'file', '*deleting   x'],
      ['created', 'file', 'Number of files: 7'],
      ['created', 'file', String.raw`back\#012slash`],
      ['created', 'file', String.raw`bad\#377utf`],
      ['created', 'file', 'cr\rx'],
      ['created', 'special', 'fifo'],
      ['created', 'file', 'größe'],
      ['created', 'symbolicLink', 'link'],
      ['created', 'file', 'new\nline'],
      ['created', 'file', 'quo"te'],
      ['created', 'file', 'tab\tx'],
      ['created', 'file', 'two  blanks '],
      ['created', 'directory', 'dir'],
      ['created', 'file', 'dir/hard'],
      ['hardLinked', 'file', 'plain'],
    ]);
    expect(ofType(parsed, 'warning')).toEqual([]);
    expect(parsed.lines[0]).toBe('Number of files: 16 (reg: 12, dir: 2, link: 1, special: 1)');
  });

  it('tells what of a file changed', () => {
    const changes = ofType(parse(recordedBytes(release, 'names-changed').stdout), 'change');
    expect(changes.map(({ action, path, attributes }) => [action, path, attributes])).toEqual([
      ['attributes', '.', ['modificationTime']],
      ['updated', 'größe', ['size', 'modificationTime']],
      ['updated', 'link', ['content', 'modificationTime']],
      ['attributes', 'plain', ['permissions']],
      ['updated', 'quo"te', ['modificationTime']],
    ]);
  });

  it('reads progress of one large file', () => {
    const progress = ofType(parse(recordedBytes(release, 'limited').stdout), 'progress');
    expect(progress.length).toBeGreaterThan(3);
    expect(progress[0]).toEqual({
      type: 'progress',
      transferredBytes: 32768,
      percent: undefined,
      percentOfKnown: 0,
      bytesPerSecond: 0,
      remainingSeconds: undefined,
      filesTransferred: 0,
      filesChecked: undefined,
      filesTotal: undefined,
      totalIsFinal: false,
    });
    expect(progress[2]?.bytesPerSecond).toBeGreaterThan(0.5 * 1024 ** 2);
    expect(progress[2]?.bytesPerSecond).toBeLessThan(1.5 * 1024 ** 2);
    expect(progress[2]?.remainingSeconds).toBeGreaterThan(0);
    expect(progress.at(-1)).toMatchObject({
      transferredBytes: 4_000_000,
      percent: 100,
      filesTransferred: 1,
      filesChecked: 2,
      filesTotal: 2,
      totalIsFinal: true,
    });
  });

  it('says when the total still grows', () => {
    const progress = ofType(parse(recordedBytes(release, 'many').stdout), 'progress');
    expect(progress.find(({ filesTotal }) => filesTotal !== undefined)).toMatchObject({
      filesChecked: 5,
      filesTotal: 1505,
      totalIsFinal: false,
    });
    expect(progress.at(-1)).toMatchObject({ filesChecked: 3005, filesTotal: 3005, totalIsFinal: true });
  });

  it('reads a notice that follows progress without a break', () => {
    const { stdout } = recordedBytes(release, 'unreadable');
    const parsed = parse(stdout);
    expect(ofType(parsed, 'warning')).toEqual([
      { type: 'warning', message: 'IO error encountered -- skipping file deletion' },
    ]);
    expect(parsed.lines).toContain('IO error encountered -- skipping file deletion');
  });

  it('reads a notice about a file that it skips', () => {
    expect(ofType(parse(recordedBytes(release, 'skipped').stdout), 'warning')).toEqual([
      { type: 'warning', message: 'skipping non-regular file "fifo"' },
      { type: 'warning', message: 'skipping non-regular file "link"' },
    ]);
  });

  it.each(streams)('reads %s the same wherever it is cut', (name) => {
    const { stdout } = recordedBytes(release, name);
    const whole = parse(stdout);
    expect(whole.events.length).toBeGreaterThan(0);
    for (let cut = 0; cut <= stdout.length; cut += 1) {
      expect(parse(stdout.subarray(0, cut), stdout.subarray(cut))).toEqual(whole);
    }
    expect(parse(...Array.from(stdout, (byte) => Uint8Array.of(byte)))).toEqual(whole);
  });

  it('reads the same in any pieces', () => {
    const { stdout } = recordedBytes(release, 'names');
    const whole = parse(stdout);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: stdout.length })), (cuts) => {
        const ends = [...cuts.toSorted((one, other) => one - other), stdout.length];
        expect(parse(...ends.map((end, index) => stdout.subarray(ends[index - 1] ?? 0, end)))).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });
});

describe('createOutputParser', () => {
  it('tells that a folder was not removed for what is excluded in it', () => {
    const parsed = parse(
      bytes(
        'cannot delete non-empty directory: srv/a\n\r              0 100%    0.00kB/s    0:00:00 (xfr#0, to-chk=0/1)\n',
      ),
    );
    expect(ofType(parsed, 'warning')).toEqual([
      { type: 'warning', message: 'cannot delete non-empty directory: srv/a' },
    ]);
  });

  it('tells a progress record at once, not when the next one comes', () => {
    const parser = createOutputParser();
    expect(parser.push(bytes('\r          32768   1%    0.00kB/s    0:00:00 '))).toEqual([]);
    expect(parser.push(bytes(' '))).toHaveLength(1);
    expect(parser.push(bytes('\r         163840  10%    1.50MB/s    1:02:03 (xfr#1, ir-chk=9/10'))).toEqual([]);
    expect(parser.push(bytes(')'))).toHaveLength(1);
    expect(parser.push(bytes('\n'))).toEqual([]);
  });

  it('reads rates and times', () => {
    const { events } = parse(
      bytes('\r 1 1%    1.50GB/s    1:02:03  \r 2 1%   12.00kB/s   ??:??:??  \r 3 1%    2.00MB/s 100:00:01  '),
    );
    expect(events).toMatchObject([
      { bytesPerSecond: 1_610_612_736, remainingSeconds: 3723 },
      { bytesPerSecond: 12_288, remainingSeconds: undefined },
      { bytesPerSecond: 2_097_152, remainingSeconds: 360_001 },
    ]);
  });

  it('keeps the time that was left: after a file rsync prints the time taken instead', () => {
    const { events } = parse(
      bytes('\r 5 50%    1.00kB/s    0:00:09  \r 9 90%    1.00kB/s    0:00:30 (xfr#1, to-chk=1/3)\n'),
    );
    expect(events).toMatchObject([{ remainingSeconds: 9 }, { remainingSeconds: 9 }]);
  });

  it('takes no record that was cut off for a warning', () => {
    expect(parse(bytes('\r          32768   1%    0.0')).events).toEqual([]);
  });

  it('stays small when a line never ends', () => {
    const parser = createOutputParser();
    for (let count = 0; count < 200; count += 1) expect(parser.push(Buffer.alloc(65_536, 'x'))).toEqual([]);
    expect(parser.push(bytes('\n\r 1 1%    1.00kB/s    0:00:01  ')).at(-1)?.type).toBe('progress');
    expect(parser.lines().join('').length).toBeLessThan(300_000);
  });

  it('keeps the last of many notices', () => {
    const parser = createOutputParser();
    for (let count = 1; count <= 20_000; count += 1)
      parser.push(bytes(`skipping non-regular file "${String(count)}"\n`));
    expect(parser.lines().at(-1)).toBe('skipping non-regular file "20000"');
    expect(parser.lines().join('\n').length).toBeLessThanOrEqual(256 * 1024);
    expect(parser.lines().length).toBeGreaterThan(5000);
  });
});
