import path from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const root = path.dirname(import.meta.dirname);
const eslint = new ESLint({ cwd: root });

/** The rules that `code` breaks, were it the text of the package's `index.ts`. */
async function rulesBroken(file: string, code: string): Promise<readonly (string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
  expect(result?.fatalErrorCount, 'the sample has to be valid TypeScript').toBe(0);
  return (result?.messages ?? []).map((message) => message.ruleId);
}

const dependencyRule = 'quiesce/dependency-rule';
const index = (name: string): string => `packages/${name}/src/index.ts`;

describe('the dependency rule', () => {
  it.each([
    ['a client that imports another client', index('zfs'), `export * from '@quiesce/lvm';`],
    ['the same with a path', index('zfs'), `export * from '../../lvm/src/index.js';`],
    ['the same at run time', index('zfs'), `export const lvm: Promise<unknown> = import('@quiesce/lvm');`],
    ['the same for a type', index('zfs'), `export type Lvm = import('@quiesce/lvm').Lvm;`],
    ['a client that imports the recipes', index('rsync'), `export * from '@quiesce/backup-recipes';`],
    ['the command package that imports a client', index('command'), `export * from '@quiesce/virsh';`],
    ['a package that imports the lab', index('backup-recipes'), `export * from '@quiesce/lab';`],
    ['a unit test that imports the lab', 'packages/zfs/src/names.test.ts', `export * from '@quiesce/lab/testing';`],
    ['a package that reads fixtures', index('zfs'), `export * from '@quiesce/lab/recorded';`],
    ['a client that starts processes with execa', index('virsh'), `export { execa } from 'execa';`],
    ['a client that starts processes with Node', index('virsh'), `export { spawn } from 'node:child_process';`],
    ['recipes that start processes', index('backup-recipes'), `export { spawn } from 'child_process';`],
  ])('finds %s', async (_, file, code) => {
    expect(await rulesBroken(file, code)).toContain(dependencyRule);
  });

  it.each([
    ['recipes that import a client', index('backup-recipes'), `export * from '@quiesce/zfs';`],
    ['a client that imports the command package', index('zfs'), `export * from '@quiesce/command';`],
    ['a unit test that reads fixtures', 'packages/zfs/src/names.test.ts', `export * from '@quiesce/lab/recorded';`],
    ['a client that imports its own file', index('zfs'), `export * from './list.js';`],
    ['the command package that imports execa', index('command'), `export { execa } from 'execa';`],
    ['a package that imports Node and zod', index('lvm'), `export { z } from 'zod';\nexport { sep } from 'node:path';`],
  ])('allows %s', async (_, file, code) => {
    expect(await rulesBroken(file, code)).not.toContain(dependencyRule);
  });
});

describe('the other rules that matter', () => {
  it('find a forgotten await', async () => {
    const code = `export function forget(): void {\n  Promise.reject(new Error('lost'));\n}\n`;
    expect(await rulesBroken(index('zfs'), code)).toContain('@typescript-eslint/no-floating-promises');
  });

  it.each(['mock', 'doMock'])('find vi.%s', async (method) => {
    const code = `import { vi } from 'vitest';\nvi.${method}('./list.js');\n`;
    expect(await rulesBroken(index('zfs'), code)).toContain('no-restricted-syntax');
  });

  it('find AbortSignal.any', async () => {
    const code = `export const both: (a: AbortSignal, b: AbortSignal) => AbortSignal = (a, b) => AbortSignal.any([a, b]);\n`;
    expect(await rulesBroken(index('zfs'), code)).toContain('no-restricted-properties');
  });

  it.each([
    ['any', `export const value: any = 1;`, '@typescript-eslint/no-explicit-any'],
    ['!', `export const home: string = process.env['HOME']!;`, '@typescript-eslint/no-non-null-assertion'],
    ['enum', `export enum State {\n  On,\n}`, 'no-restricted-syntax'],
  ])('find %s', async (_, code, rule) => {
    expect(await rulesBroken(index('zfs'), `${code}\n`)).toContain(rule);
  });
});
