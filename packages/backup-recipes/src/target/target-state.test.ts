import { describe, expect, it } from 'vitest';
import { provenanceOf, provenanceWarnings } from './provenance.js';
import { folderStateText, parseTargetState, runStateText } from './target-state.js';

const folder = { folder: 'SSD.images', source: '/dev/SSD/images', runId: '2-abcdef01', complete: true };

describe('parseTargetState', () => {
  it('reads what is written', () => {
    const torn = { ...folder, folder: 'raid5.VM.images', complete: false };
    const lines = [
      runStateText({ runId: '2-abcdef01', complete: true }),
      folderStateText(folder),
      folderStateText(torn),
    ];
    expect(parseTargetState(`${lines.join('\n')}\n`)).toEqual({
      run: { runId: '2-abcdef01', complete: true },
      folders: [folder, torn],
    });
  });

  it.each([
    '',
    '\n{"version":1,"run":',
    '{"version":2,"run":"2-abcdef01","state":"complete"}',
    '{"version":1,"run":7,"state":"complete"}',
    '{"version":1,"run":"2-abcdef01","state":"whole"}',
    '[]',
  ])('takes nothing from %j', (text) => {
    expect(parseTargetState(text)).toEqual({ run: undefined, folders: [] });
  });
});

describe('provenanceOf', () => {
  const run = (runId: string, complete: boolean): { runId: string; complete: boolean } => ({ runId, complete });
  const none = { runId: undefined, complete: undefined };

  it.each([
    ['nothing was ever written', none, { run: undefined, folders: [] }, none],
    ['no file agrees', run('1', true), { run: undefined, folders: [] }, { runId: '1', complete: false }],
    ['all agree', run('2', true), { run: run('2', true), folders: [folder] }, { runId: '2', complete: true }],
    [
      'the run was cut off before its end',
      run('2', false),
      { run: run('2', true), folders: [folder] },
      run('2', false),
    ],
    [
      'a folder is torn',
      run('2', true),
      { run: run('2', true), folders: [{ ...folder, complete: false }] },
      run('2', false),
    ],
    ['it was rolled back', run('3', true), { run: run('2', true), folders: [folder] }, run('2', true)],
    [
      'it was rolled back to a torn state',
      run('3', true),
      { run: run('2', false), folders: [folder] },
      run('2', false),
    ],
    ['it was received without properties', none, { run: run('2', true), folders: [folder] }, run('2', true)],
  ])('tells what a target holds where %s', (_, properties, state, expected) => {
    expect(provenanceOf(properties, state)).toMatchObject(expected);
  });

  it('names the run that the properties claim', () => {
    const rolledBack = provenanceOf(run('3', true), { run: run('2', true), folders: [folder] });
    expect(provenanceWarnings({ target: 'archives/backups' }, rolledBack)).toEqual([
      {
        subject: 'archives/backups',
        message:
          'it holds run 2 and not 3, as its properties say: it was rolled back, or that run ended before it wrote; its files are right, and this run sets both',
      },
    ]);
    expect(
      provenanceWarnings({ target: 'x' }, provenanceOf(run('2', true), { run: run('2', true), folders: [] })),
    ).toEqual([]);
  });
});
