import { describe, expect, it } from 'vitest';
import type { KeptFiles } from '../host/kept-files.js';
import type { FolderEntry } from '../host/restore-files.js';
import { keptProblems } from './kept-problems.js';

const folder = { folder: 'SSD.images', source: '/dev/SSD/images', runId: '1364083186-0a0b0c0d', complete: true };
const entry = (name: string, type: FolderEntry['type'] = 'file'): FolderEntry => ({
  ...{ name, type, sizeBytes: 0, allocatedBytes: 0 },
});
const file = { type: 'file', sizeBytes: 10, sum: 'a'.repeat(64) } as const;

interface Told {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

function told(kept: KeptFiles, incomplete: 'refuse' | 'allow' = 'refuse', source = folder.source): Told {
  const found = { folder: { ...folder, source }, entries: [entry('a.img'), entry('sub', 'other')], missing: ['asked'] };
  const { problems, warnings } = keptProblems(
    { incomplete, target: 'archives' },
    { snapshot: 'archives@daily.1' },
    { ...found, kept },
  );
  return {
    problems: problems.map(({ option, problem, value }) => `${option} ${value}: ${problem}`),
    warnings: warnings.map(({ message, subject }) => `${subject}: ${message}`),
  };
}

const known = (...names: string[]): KeptFiles => ({
  kind: 'known',
  files: new Map(names.map((name) => [name, file])),
});

describe('keptProblems', () => {
  it('has none where all that was frozen is there', () => {
    expect(told(known('a.img'))).toEqual({ problems: [], warnings: [] });
  });

  it('names what was frozen and is not there, or is something else now', () => {
    const { problems, warnings } = told(known('a.img', 'b.img', 'sub', 'asked'));
    expect(warnings).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(
      'backup archives@daily.1: SSD.images: not all that was frozen is in it any more: b.img, sub: take another state',
    );
    expect(problems[0]).toContain("give backup: 'archives@daily.1' and incomplete: 'allow' for what is there");
    expect(told(known('1', '2', '3', '4', '5', '6')).problems[0]).toContain('1, 2, 3, 4, 5 and 1 more');
  });

  it('refuses broken checksums', () => {
    expect(told({ kind: 'broken' }).problems[0]).toContain('its checksums are broken');
    expect(told({ kind: 'broken' }, 'allow')).toMatchObject({
      problems: [],
      warnings: [expect.stringContaining('its checksums are broken')],
    });
    expect(told(known('b.img'), 'allow').warnings[0]).toContain('b.img: what is there is restored');
  });

  it.each(['none', 'other'] as const)('warns where there are no checksums of the run: %s', (kind) => {
    expect(told({ kind })).toMatchObject({
      problems: [],
      warnings: [expect.stringContaining('compared with the copy in the target alone')],
    });
    expect(told({ kind }, 'refuse', '/')).toEqual({ problems: [], warnings: [] });
  });
});
