import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as backupRecipes from '@quiesce/backup-recipes';
import * as command from '@quiesce/command';
import * as lvm from '@quiesce/lvm';
import * as rsync from '@quiesce/rsync';
import * as virsh from '@quiesce/virsh';
import * as zfs from '@quiesce/zfs';
import { describe, expect, it } from 'vitest';
import { errorsIn, readErrors } from './read-errors.js';
import { renderErrors } from './render.js';

const root = path.join(import.meta.dirname, '..', '..');
const errors = readErrors(root);

describe('the guide to errors', () => {
  it('is as the code has them: npm run docs:tables writes it', () => {
    expect(readFileSync(path.join(root, 'docs/guides/errors.md'), 'utf8')).toBe(renderErrors(errors));
  });

  it('has every error that a package exports', () => {
    const exported = Object.entries({ ...command, ...virsh, ...lvm, ...zfs, ...rsync, ...backupRecipes })
      .filter(([, value]) => typeof value === 'function' && 'errorName' in value)
      .map(([name]) => name);
    expect(errors.map(({ name }) => name).sort()).toEqual(exported.sort());
  });

  it('says what to do about each', () => {
    expect(errors.filter(({ meaning, whatToDo }) => meaning === '' || whatToDo === '')).toEqual([]);
  });

  it('takes the first two paragraphs of the doc comment', () => {
    const text = `/**
 * It is\n * gone.
 *
 * Take {@link Zfs.create}, see {@link https://x.example/ | x(8)}.
 *
 * @example none
 */
export class GoneError<T = string> extends ZfsError {`;
    expect(errorsIn('packages/zfs/src/errors.ts', text)).toEqual([
      {
        ...{ name: 'GoneError', package: 'zfs', base: 'ZfsError', meaning: 'It is gone.' },
        whatToDo: 'Take `Zfs.create`, see [x(8)](https://x.example/).',
      },
    ]);
  });
});
