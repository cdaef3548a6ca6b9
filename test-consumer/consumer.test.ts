import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, requireBanner } from './bundle.js';
import { output, packAll, root, type PackedPackage } from './pack.js';

const names = ['backup-recipes', 'command', 'lvm', 'rsync', 'virsh', 'zfs'].map((name) => `@quiesce/${name}`);
const bin = (name: string): string => path.join(root, 'node_modules', '.bin', name);

let folder: string;
let packages: ReadonlyMap<string, PackedPackage>;

function packed(name: string): PackedPackage {
  const found = packages.get(name);
  if (found === undefined) throw new Error(`${name} was not packed`);
  return found;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'quiesce-consumer-'));
  packages = new Map((await packAll(folder)).map((one) => [one.name, one]));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('packs the six packages and no other', () => {
  expect([...packages.keys()].sort()).toEqual(names);
});

describe.each(names)('the tarball of %s', (name) => {
  it('holds the build, a README, a licence, and nothing else', () => {
    const { files } = packed(name);
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist/index.d.ts', 'dist/index.js']));
    expect(
      files.filter(
        (file) => !/^(dist\/.+\.(js|js\.map|d\.ts)|schema\/.+\.json|LICENSE|README\.md|package\.json)$/.test(file),
      ),
    ).toEqual([]);
  });

  it('names real versions and no path into the workspace', () => {
    const { manifest } = packed(name);
    expect(JSON.stringify(manifest)).not.toMatch(/workspace:|catalog:|@quiesce\/source|\.\/src\//);
  });

  it('asks for ranges, so that an application has each dependency once', () => {
    const { dependencies = {} } = packed(name).manifest as { dependencies?: Record<string, string> };
    expect(Object.values(dependencies).filter((range) => !/^\^\d/.test(range))).toEqual([]);
  });

  it('leads to its sources, and can be published by pnpm alone', async () => {
    const own = `packages/${name.replace(/^@quiesce\//, '')}`;
    // pnpm leaves the script out of what it packs.
    expect(JSON.parse(await readFile(path.join(root, own, 'package.json'), 'utf8'))).toMatchObject({
      scripts: { prepublishOnly: 'node ../../scripts/only-pnpm.mjs' },
    });
    expect(packed(name).manifest).toMatchObject({
      repository: { url: 'git+https://github.com/quiesce/quiesce.git', directory: own },
      homepage: `https://github.com/quiesce/quiesce/tree/main/${own}#readme`,
      bugs: 'https://github.com/quiesce/quiesce/issues',
      keywords: expect.arrayContaining(['quiesce']) as string[],
    });
  });

  it('passes publint', async () => {
    const { manifest, tarball } = packed(name);
    const bytes = await readFile(tarball);
    const { messages } = await publint({ pack: { tarball: new Uint8Array(bytes).buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
  });

  it('passes attw', async () => {
    await output(bin('attw'), ['--profile', 'esm-only', '--no-emoji', packed(name).tarball], folder);
  });
});

describe('a project that installs the tarballs', () => {
  let project: string;

  beforeAll(async () => {
    project = path.join(folder, 'project');
    await cp(path.join(import.meta.dirname, 'project'), project, { recursive: true });
    const { version } = JSON.parse(
      await readFile(path.join(root, 'node_modules', '@types', 'node', 'package.json'), 'utf8'),
    ) as { version: string };
    const dependencies = Object.fromEntries([...packages.values()].map((one) => [one.name, `file:${one.tarball}`]));
    const manifest = { private: true, type: 'module', dependencies: { ...dependencies, '@types/node': version } };
    await writeFile(path.join(project, 'package.json'), JSON.stringify(manifest));
    await output('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], project);
  });

  it('compiles against them and runs', async () => {
    await output(bin('tsc'), ['--project', 'tsconfig.json'], project);
    expect(JSON.parse(await output(process.execPath, ['out/consumer.js'], project))).toEqual({
      objects: ['lvm', 'rsync', 'virsh', 'zfs', 'backup'],
      isInstance: false,
    });
  });

  // The oldest that `engines` allows, and the newer lines. npx keeps what it has fetched.
  it.each(['20.19.0', '22.12.0', '24', '26'])('requires them from CommonJS on Node %s', async (version) => {
    const words = ['--yes', '--prefer-offline', '--package', `node@${version}`, 'node', 'require.cjs'];
    const said = await output('npx', words, project).catch((cause: unknown) => {
      throw new Error(`Node ${version} is not to be had, or fails: ${String(cause)}`, { cause });
    });
    expect(JSON.parse(said)).toEqual({
      node: expect.stringMatching(new RegExp(`^${version.replaceAll('.', '\\.')}(\\.|$)`)) as string,
      made: 5,
      stdout: 'said',
    });
  });

  it('bundles them into one file that runs, as the README of @quiesce/command tells', async () => {
    const readme = await readFile(path.join(project, 'node_modules', '@quiesce', 'command', 'README.md'), 'utf8');
    expect(readme).toContain(requireBanner);
    const { text } = await bundle(project, await readFile(path.join(project, 'bundled.mjs'), 'utf8'));
    // Away from what is installed: all of it has to be in the file.
    const file = path.join(await mkdtemp(path.join(folder, 'bundle-')), 'bundle.mjs');
    await writeFile(file, text);
    expect(JSON.parse(await output(process.execPath, [file], path.dirname(file)))).toEqual({
      written: ['lvm lvremove', 'virsh suspend', 'zfs snapshot'],
      functions: ['function', 'function'],
      stdout: 'said',
    });
  });

  it.each([
    { client: 'lvm', create: 'createLvm', kilobytes: 260, brings: ['zod'] },
    { client: 'rsync', create: 'createRsync', kilobytes: 300, brings: ['zod'] },
    { client: 'virsh', create: 'createVirsh', kilobytes: 240, brings: ['fast-xml-parser'] },
    { client: 'zfs', create: 'createZfs', kilobytes: 345, brings: ['zod'] },
  ])('a bundle of $create holds no other client', async ({ client, create, kilobytes, brings }) => {
    const name = `@quiesce/${client}`;
    const { bytes, packages: held } = await bundle(project, `export { ${create} } from '${name}';`);
    const ours = [...held.keys()].filter((one) => /^@quiesce|^zod$|^fast-xml-parser$/.test(one));
    expect(ours.sort()).toEqual(['@quiesce/command', name, ...brings].sort());
    expect(bytes / 1000).toBeLessThan(kilobytes);
  });

  it.each([
    { name: 'lvmToZfsBackup', kilobytes: 670 },
    { name: 'reconcile', kilobytes: 460 },
  ])('a bundle of $name holds no more of zod than it uses', async ({ name, kilobytes }) => {
    const { bytes } = await bundle(project, `export { ${name} } from '@quiesce/backup-recipes';`);
    expect(bytes / 1000).toBeLessThan(kilobytes);
  });

  it.each([
    { from: 'zfs', name: 'zfsSnapshotCommand', kilobytes: 160 },
    { from: 'lvm', name: 'lvcreateCommand', kilobytes: 120 },
    { from: 'rsync', name: 'rsyncCommand', kilobytes: 155 },
    { from: 'virsh', name: 'virshSuspendCommand', kilobytes: 90 },
    { from: 'command', name: 'toShell', kilobytes: 8 },
  ])('a bundle of $name starts no process', async ({ from, name, kilobytes }) => {
    const { bytes, packages: held } = await bundle(project, `export { ${name} } from '@quiesce/${from}';`);
    expect([...held.keys()]).not.toContain('execa');
    expect(bytes / 1000).toBeLessThan(kilobytes);
  });
});
