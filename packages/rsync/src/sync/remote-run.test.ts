import { link, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { localSshd } from '@quiesce/command/client-tests';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createRsync } from '../create-rsync.js';
import type { RsyncDaemonRemote, RsyncSshRemote } from '../options/remote.js';
import type { RsyncEndpoint } from '../options/index.js';
import type { FileName } from '../output/index.js';
import { startDaemon, type TestDaemon } from '../../test/daemon.js';
import { execute, failureOf, testFolder } from '../../test/folders.js';

const rsync = createRsync();
const folder = testFolder();
let sshd: ReturnType<typeof localSshd>;
let daemon: TestDaemon;
let passwordFile = '';
// Each run is a connection of its own.
vi.setConfig({ testTimeout: 120_000 });

beforeAll(async () => {
  sshd = localSshd();
  daemon = await startDaemon();
  passwordFile = join(folder.path, 'password');
  await writeFile(passwordFile, `${daemon.password}\n`, { mode: 0o600 });
});
afterAll(async () => {
  sshd.remove();
  await daemon.stop();
});

function overSsh(path: string): RsyncSshRemote {
  const { shareConnection: _, path: __, ...ssh } = sshd.ssh;
  return { ...ssh, path };
}
const inModule = (path: string): RsyncDaemonRemote => ({
  ...{ daemon: '127.0.0.1', port: daemon.port, user: 'ada', module: 'data', path },
});

interface Way {
  /** Where files are that this way leads to, as a path of this machine. */
  readonly local: (name: string) => string;
  readonly remote: (name: string) => RsyncEndpoint;
  readonly call: () => { readonly passwordFile?: string };
}
const ways: Readonly<Record<string, Way>> = {
  ssh: {
    local: (name) => join(folder.path, name),
    remote: (name) => overSsh(`${join(folder.path, name)}/`),
    call: () => ({}),
  },
  daemon: {
    local: (name) => join(daemon.path, name),
    remote: (name) => inModule(`${name}/`),
    call: () => ({ passwordFile }),
  },
};

const odd = [
  Buffer.from('new\nline'),
  Buffer.from([0x62, 0x61, 0x64, 0xff]),
  Buffer.from(String.raw`back\#012`),
  Buffer.from('a*b'),
  Buffer.from(' -> '),
];
const bytesOf = ({ path, pathBytes }: FileName): Buffer => Buffer.from(pathBytes ?? Buffer.from(path));
const hex = (names: readonly Uint8Array[]): string[] => names.map((name) => Buffer.from(name).toString('hex')).sort();
const at = (base: string, name: Uint8Array): Buffer => Buffer.concat([Buffer.from(`${base}/`), name]);

async function fill(base: string): Promise<void> {
  await mkdir(join(base, 'sub dir'), { recursive: true });
  for (const name of odd) await writeFile(at(base, name), 'x');
  await writeFile(join(base, 'sub dir', 'inner'), '12345', { mode: 0o640 });
  await symlink('sub dir', join(base, 'link'));
  await link(join(base, 'a*b'), join(base, 'second name'));
  await execute('touch', '-d', '2020-02-29T12:34:56Z', join(base, 'sub dir', 'inner'));
}

describe.each(Object.entries(ways))('on another machine, by %s', (name, { call, local, remote }) => {
  const there = `there-${name}`;
  beforeAll(async () => {
    await fill(local(there));
  });

  it('list tells what is there, and copies by what it told', async () => {
    const source = remote(there);
    const listed = await rsync.list({ source, recursive: true, ...call() });
    const files = listed.filter(({ fileType }) => fileType === 'file');
    expect(hex(files.map(bytesOf))).toEqual(hex([...odd, Buffer.from('sub dir/inner'), Buffer.from('second name')]));
    expect(files.find(({ path }) => path === 'sub dir/inner')).toMatchObject({
      ...{ mode: 0o640, sizeBytes: 5, modifiedAt: new Date('2020-02-29T12:34:56Z') },
    });
    expect(listed.find(({ path }) => path === 'link')?.linkTarget).toMatchObject({ path: 'sub dir' });
    const streamed: FileName[] = [];
    for await (const file of rsync.listStream({ source, excludes: 'sub dir', ...call() })) streamed.push(file);
    expect(hex(streamed.map(bytesOf))).toEqual(
      hex([...odd, ...['.', 'link', 'second name'].map((one) => Buffer.from(one))]),
    );

    const { destination } = await folder.places();
    const wanted = files.filter(({ path }) => !path.startsWith('second'));
    const options = {
      source,
      destination,
      archive: true,
      files: wanted.map(({ path, pathBytes }) => pathBytes ?? path),
    };
    const differing = await rsync.diff({ ...options, ...call() });
    expect(hex(differing.filter(({ fileType }) => fileType === 'file').map(bytesOf))).toEqual(hex(wanted.map(bytesOf)));
    await rsync.sync({ ...options, ...call() });
    expect(await rsync.diff({ ...options, ...call() })).toEqual([]);
    const copied = await readdir(destination, { encoding: 'buffer' });
    expect(hex(copied)).toEqual(hex([...odd, Buffer.from('sub dir')]));
  });

  it('diff tells what a copy from there would do, and no more after it', async () => {
    const { destination } = await folder.places();
    await mkdir(destination);
    await writeFile(join(destination, 'gone'), '');
    const options = { source: remote(there), destination, archive: true, hardLinks: true, delete: true, ...call() };
    const told = await rsync.diff(options);
    expect(told.find(({ action }) => action === 'deleted')).toMatchObject({ path: 'gone' });
    const created = told.filter(({ action, fileType }) => action === 'created' && fileType === 'file');
    const linked = told.filter(({ action }) => action === 'hardLinked');
    expect(linked).toHaveLength(1);
    expect(hex([...created, ...linked].map(bytesOf))).toEqual(
      hex([...odd, Buffer.from('sub dir/inner'), Buffer.from('second name')]),
    );
    expect(await readdir(destination)).toEqual(['gone']);
    await rsync.sync(options);
    expect(await rsync.diff(options)).toEqual([]);
  });

  it('diff tells what a copy to there would do, and no more after it', async () => {
    const { source } = await folder.places();
    await fill(source.slice(0, -1));
    const to = `to-${name}`;
    await mkdir(local(to));
    await writeFile(join(local(to), 'gone'), '');
    const options = { source, destination: remote(to), archive: true, hardLinks: true, delete: true, ...call() };
    const told = await rsync.diff(options);
    expect(told.filter(({ action }) => action === 'deleted').map(({ path }) => path)).toEqual(['gone']);
    const files = told.filter(({ action, fileType }) => fileType === 'file' && action !== 'deleted');
    expect(hex(files.map(bytesOf))).toEqual(hex([...odd, Buffer.from('sub dir/inner'), Buffer.from('second name')]));
    await rsync.sync(options);
    expect(await rsync.diff(options)).toEqual([]);
    await writeFile(join(source, 'sub dir', 'inner'), 'longer than that');
    await rm(at(source.slice(0, -1), odd[1] ?? Buffer.of()));
    const [updated, deleted] = ['updated', 'deleted'].map(async (action) =>
      (await rsync.diff(options)).filter((one) => one.action === action && one.fileType !== 'directory'),
    );
    expect(await updated).toMatchObject([{ path: 'sub dir/inner', sizeBytes: 16 }]);
    expect(hex((await deleted)?.map(bytesOf) ?? [])).toEqual(hex([odd[1] ?? Buffer.of()]));
  });

  it('list and diff say what is not there', async () => {
    const { destination } = await folder.places();
    const source = remote('none');
    expect(await failureOf(rsync.list({ source, ...call() }))).toMatchObject({ name: 'PartialTransferError' });
    const differing = rsync.diff({ source, destination, archive: true, ...call() });
    expect(await failureOf(differing)).toMatchObject({ name: 'PartialTransferError' });
  });
});
