import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AbortedError, createCommand, run, sudo, TimeoutError } from '@quiesce/command';
import { findLab } from '@quiesce/lab';
import { labSsh, labTransport } from '@quiesce/lab/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  ConnectionError,
  createRsync,
  FileIoError,
  MaxDeleteError,
  OutOfSpaceError,
  PartialTransferError,
  UsageError,
  VanishedFilesError,
  type Rsync,
  type SyncEvent,
  type RsyncOptions,
  type RsyncSshRemote,
  type SyncRun,
} from '../../src/index.js';

const work = '/var/tmp/quiesce-rsync';
const target = '/archives/backups/quiesce-rsync';
const mebibyte = 1024 ** 2;
const imageBytes = 8 * mebibyte;
const odd = `${work}/odd/-x:y "it's" $HOME\n\\#012 größe`;

/** The flags of the documented procedure. */
const documented = {
  archive: true,
  oneFileSystem: true,
  hardLinks: true,
  wholeFile: false,
  inplace: true,
  delete: true,
} satisfies Partial<RsyncOptions>;

async function shell(script: string, ...values: readonly string[]): Promise<string> {
  const command = createCommand('sh', ['-euc', script, 'sh', work, target, ...values], { effect: 'write' });
  return (await run(labTransport(), command)).stdout.trim();
}

async function failureOf(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

/** The processes of rsync that work in this test's folders. */
async function ourProcesses(): Promise<string[]> {
  const all = await shell('pgrep -ax rsync || true');
  return all.split('\n').filter((line) => line.includes(work));
}

async function firstProgress(events: SyncRun): Promise<SyncEvent> {
  const iterator = events[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await iterator.next();
    if (done === true) throw new Error('it ended before it told any progress');
    if (value.type === 'progress') return value;
  }
}

const clean = `
  if mountpoint -q "$1/full"; then umount "$1/full"; fi
  rm -rf --one-file-system -- "$1" "$2"`;

describe('rsync', () => {
  let rsync: Rsync;

  beforeAll(async () => {
    rsync = createRsync({ transport: labTransport() });
    await shell(
      `${clean}
      mkdir -p "$1/images" "$1/odd" "$1/full" "$1/private/closed" "$1/operator" "$2"
      head -c ${String(imageBytes)} /dev/urandom >"$1/images/disk.img"
      printf one >"$3"
      ln "$3" "$1/odd/hard link"
      ln -s nowhere "$1/odd/symbolic link"
      printf open >"$1/private/open"
      printf secret >"$1/private/secret"
      chmod 700 "$1/private/closed"
      chmod 600 "$1/private/secret"
      chown operator "$1/operator"
      truncate -s 8M "$1/full.img"
      mkfs.ext4 -q "$1/full.img"
      mount -o loop "$1/full.img" "$1/full"`,
      odd,
    );
  });

  afterAll(() => shell(clean));

  it('tells its version', async () => {
    const { version, protocolVersion, capabilities } = await rsync.version();
    expect(version).toMatch(/^3\.\d+\.\d+/);
    expect(protocolVersion).toBeGreaterThanOrEqual(31);
    expect(capabilities).toMatchObject({ ACLs: true, xattrs: true, hardlinks: true });
  });

  it('copies a file system to ZFS with the documented flags and tells how far it is', async () => {
    const copying = rsync.sync({ ...documented, source: `${work}/images/`, destination: `${target}/images/` });
    const events: SyncEvent[] = [];
    for await (const event of copying) events.push(event);
    const { stats, warnings, exitCode } = await copying;
    expect({ warnings, exitCode }).toEqual({ warnings: [], exitCode: 0 });
    expect(stats).toMatchObject({
      found: { total: 2, files: 1, directories: 1 },
      created: { files: 1 },
      filesTransferred: 1,
      totalFileSizeBytes: imageBytes,
      literalBytes: imageBytes,
      matchedBytes: 0,
    });
    expect(events[0]).toMatchObject({ type: 'progress' });
    expect(events.at(-1)).toMatchObject({
      type: 'progress',
      transferredBytes: imageBytes,
      percent: 100,
      filesTransferred: 1,
      filesChecked: 2,
      filesTotal: 2,
      totalIsFinal: true,
    });
    await shell('cmp "$1/images/disk.img" "$2/images/disk.img"');
  });

  it('sends only what has changed, into the same file', async () => {
    const inode = await shell('stat -c %i "$2/images/disk.img"');
    await shell('sleep 1.1; printf changed | dd of="$1/images/disk.img" bs=1 seek=5000000 conv=notrunc status=none');
    const { stats } = await rsync.sync({
      ...documented,
      source: `${work}/images/`,
      destination: `${target}/images/`,
    });
    expect(stats.filesTransferred).toBe(1);
    expect(stats.literalBytes).toBeGreaterThan(0);
    expect(stats.literalBytes).toBeLessThan(64 * 1024);
    expect(stats.literalBytes + stats.matchedBytes).toBe(imageBytes);
    await shell('cmp "$1/images/disk.img" "$2/images/disk.img"');
    expect(await shell('stat -c %i "$2/images/disk.img"')).toBe(inode);
  });

  it('finds a change within the second of the last copy when told to', async () => {
    await shell(`mkdir "$1/second"; printf old >"$1/second/disk"; touch -d '2026-01-01 00:00:00.1' "$1/second/disk"`);
    const options = { ...documented, source: `${work}/second/`, destination: `${target}/second/` };
    await rsync.sync(options);
    await shell(`printf new >"$1/second/disk"; touch -d '2026-01-01 00:00:00.2' "$1/second/disk"`);
    expect((await rsync.sync(options)).stats.filesTransferred).toBe(0);
    expect((await rsync.sync({ ...options, modifyWindowSeconds: -1 })).stats.filesTransferred).toBe(1);
    expect(await shell('cat "$2/second/disk"')).toBe('new');
  });

  it('changes permissions on their way, of new files and with archive of those that are there', async () => {
    await shell(`
      mkdir -p "$1/modes/folder" "$2/modes/folder"
      touch "$1/modes/new" "$1/modes/folder/there" "$2/modes/folder/there"
      chmod 666 "$1/modes/new" "$1/modes/folder/there"
      chmod 700 "$1/modes/folder" "$2/modes/folder/there"`);
    const options = { source: `${work}/modes/`, destination: `${target}/modes/`, chmod: ['D2750', 'Fgo-w', 'Fo='] };
    const modes = (): Promise<string> => shell('cd "$2/modes"; stat -c "%a %n" folder folder/there new');
    await rsync.sync({ ...options, recursive: true });
    expect(await modes()).toBe('755 folder\n700 folder/there\n640 new');
    await rsync.sync({ ...options, archive: true });
    expect(await modes()).toBe('2750 folder\n640 folder/there\n640 new');
  });

  it('tells what it would do, then does it, with any name', async () => {
    const options = {
      ...documented,
      source: odd.replace(/\/[^/]*$/, '/'),
      destination: `${target}/odd/`,
      itemizeChanges: true,
    };
    await shell('mkdir "$2/odd"; touch "$2/odd/gone"');
    const changesOf = async (copying: SyncRun): Promise<string[]> => {
      const changes: string[] = [];
      for await (const event of copying) {
        if (event.type === 'change' && event.path !== '.') changes.push(`${event.action} ${event.path}`);
      }
      return changes.sort();
    };
    const name = odd.slice(odd.lastIndexOf('/') + 1);
    const changes = [`created ${name}`, 'created symbolic link', 'deleted gone', 'hardLinked hard link'].sort();
    const links = (await changesOf(rsync.sync({ ...options, dryRun: true }))).map((change) =>
      // Which of two names counts as the first is not for us to say.
      change.replace(/^created hard link$/, 'hardLinked hard link').replace(`hardLinked ${name}`, `created ${name}`),
    );
    expect(links.sort()).toEqual(changes);
    expect(await shell('ls "$2/odd"')).toBe('gone');
    await changesOf(rsync.sync(options));
    expect(await shell('ls "$2/odd" | wc -l; cat "$3"; stat -c %h "$3"', `${target}/odd/${name}`)).toBe('4\none2');
    // The name itself as the source: rsync takes neither the dash nor the colon for anything else.
    const { stats } = await rsync.sync({ archive: true, source: odd, destination: `${target}/one/` });
    expect(stats.filesTransferred).toBe(1);
    expect(await shell('cat "$3"', `${target}/one/${name}`)).toBe('one');
  });

  it('leaves no rsync behind when it is stopped', async () => {
    const slow = { archive: true, source: `${work}/images/`, bandwidthLimitBytesPerSecond: mebibyte / 8 };
    const abort = new AbortController();
    const aborted = rsync.sync({ ...slow, destination: `${target}/aborted/`, signal: abort.signal });
    expect(await firstProgress(aborted)).toMatchObject({ totalIsFinal: false });
    expect((await ourProcesses()).length).toBeGreaterThan(0);
    abort.abort();
    const error = await failureOf(aborted);
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({ stillRunning: false });
    expect(await ourProcesses()).toEqual([]);

    const left = rsync.sync({ ...slow, destination: `${target}/left/` });
    for await (const event of left) if (event.type === 'progress') break;
    expect(await ourProcesses()).toEqual([]);
    expect(await failureOf(left)).toBeInstanceOf(AbortedError);

    const timed = rsync.sync({ ...slow, destination: `${target}/timed/`, timeoutMs: 3000 });
    expect(await failureOf(timed)).toBeInstanceOf(TimeoutError);
    expect(await ourProcesses()).toEqual([]);
  });

  it('says that the destination is full', async () => {
    const error = await failureOf(
      rsync.sync({ ...documented, source: `${work}/images/`, destination: `${work}/full/` }),
    );
    expect(error).toBeInstanceOf(OutOfSpaceError);
    expect(error).toMatchObject({
      failures: [{ path: `${work}/full/disk.img`, reason: 'No space left on device', errno: 28 }],
    });
  });

  it('names the files that it may not read, and reads them with sudo', async () => {
    const options = { archive: true, source: `${work}/private/`, destination: `${work}/operator/copy/` };
    const operator = labTransport('operator');
    const error = await failureOf(createRsync({ transport: operator }).sync(options));
    expect(error).toBeInstanceOf(PartialTransferError);
    expect(error).toMatchObject({
      exitCode: 23,
      failures: [
        { path: `${work}/private/closed`, reason: 'Permission denied', errno: 13 },
        { path: `${work}/private/secret`, reason: 'Permission denied', errno: 13 },
      ],
      stats: { found: { files: 2, directories: 2 } },
    });
    const { stats } = await createRsync({ transport: sudo(operator) }).sync(options);
    expect(stats.filesTransferred).toBe(1);
    expect(await shell('cat "$1/operator/copy/secret"')).toBe('secret');
  });

  it('names the files that vanished meanwhile', async () => {
    // Gone as soon as the first file is on its way: the list of files is complete by then.
    const remove = 'until ls "$2"/vanish/.a.* 2>/dev/null; do sleep 0.1; done; rm "$1/vanish/z"';
    await shell(
      `mkdir "$1/vanish"; cp "$1/images/disk.img" "$1/vanish/a"; printf x >"$1/vanish/z"
      setsid timeout 300 sh -c "$3" sh "$1" "$2" >/dev/null 2>&1 </dev/null &`,
      remove,
    );
    const error = await failureOf(
      rsync.sync({
        archive: true,
        source: `${work}/vanish/`,
        destination: `${target}/vanish/`,
        bandwidthLimitBytesPerSecond: 2 * mebibyte,
      }),
    );
    expect(error).toBeInstanceOf(VanishedFilesError);
    expect(error).toMatchObject({
      exitCode: 24,
      files: [{ path: `${work}/vanish/z` }],
      stats: { found: { files: 2 } },
    });
  });

  it('stops removing at a limit', async () => {
    await shell('mkdir "$1/empty" "$1/three"; touch "$1/three/1" "$1/three/2" "$1/three/3"');
    const error = await failureOf(
      rsync.sync({
        recursive: true,
        delete: true,
        maxDelete: 1,
        source: `${work}/empty/`,
        destination: `${work}/three/`,
      }),
    );
    expect(error).toBeInstanceOf(MaxDeleteError);
    expect(error).toMatchObject({ skipped: 2 });
    expect(await shell('ls "$1/three" | wc -l')).toBe('2');
  });

  describe('from this machine, by the sshd of the other at its port', () => {
    let here = '';
    const there = (path: string): RsyncSshRemote => {
      const { path: _program, shareConnection: _share, ...ssh } = labSsh();
      return { ...ssh, path };
    };
    beforeAll(async () => {
      here = await mkdtemp(join(tmpdir(), 'quiesce-rsync-'));
      await mkdir(join(here, 'out'));
      await writeFile(join(here, 'out', 'name $HOME "x"'), Buffer.alloc(4 * mebibyte, 'quiesce'));
    });
    afterAll(() => rm(here, { recursive: true }));

    it('copies there and back', async () => {
      expect(labSsh().port).not.toBe(22);
      const ours = createRsync();
      const path = `${target}/by ssh's port/`;
      await ours.sync({ archive: true, source: `${here}/out/`, destination: there(path) });
      expect(await shell('cd "$3"; stat -c "%s %n" *', path)).toBe(`${String(4 * mebibyte)} name $HOME "x"`);
      await ours.sync({ archive: true, source: there(path), destination: `${here}/back/` });
      expect(
        await ours.diff({ archive: true, checksum: true, source: there(path), destination: `${here}/out/` }),
      ).toEqual([]);
      const [sent, got] = await Promise.all(
        ['out', 'back'].map(async (folder) => readFile(join(here, folder, 'name $HOME "x"'))),
      );
      expect(got?.equals(sent ?? Buffer.of())).toBe(true);
    });

    it('says that the connection was cut, and goes on when it is run again', async () => {
      const options = { archive: true, inplace: true, source: `${here}/out/`, destination: there(`${target}/cut/`) };
      const run = createRsync().sync({
        ...{ ...options, itemizeChanges: true, ioTimeoutSeconds: 60, bandwidthLimitBytesPerSecond: mebibyte / 4 },
      });
      await firstProgress(run);
      // What the remote rsync was started by is the sshd of this one connection.
      await shell('kill -9 $(ps -o ppid= -p $(pgrep -f "rsync --server.*$2/cut/"))');
      const error = await failureOf(run);
      expect(error).toBeInstanceOf(ConnectionError);
      expect(String(error)).toContain('with inplace the destination is old and new mixed');
      await createRsync().sync(options);
      expect(await createRsync().diff({ ...options, checksum: true })).toEqual([]);
    });
  });

  describe('from this machine, when the link is cut', () => {
    it.each([
      ['there', 'INFO', true],
      ['back', 'ERROR', false],
    ])(
      'says so, on the way %s; with %s for the LogLevel of ssh it is known that time ran out: %s',
      async (way, LogLevel, timedOut) => {
        const lab = await findLab(inject('labName'));
        const { path: _program, shareConnection: _share, ...ssh } = labSsh();
        const here = await mkdtemp(join(tmpdir(), 'quiesce-rsync-'));
        await shell('mkdir -p "$1/far"; head -c 4M /dev/zero >"$1/far/file"');
        await writeFile(join(here, 'file'), Buffer.alloc(4 * mebibyte));
        const [far, near] = [{ ...ssh, options: { LogLevel }, path: `${work}/far/` }, `${here}/`];
        const ends = way === 'there' ? { source: near, destination: far } : { source: far, destination: near };
        const slow = { archive: true, ignoreTimes: true, wholeFile: true, bandwidthLimitBytesPerSecond: mebibyte / 8 };
        const run = createRsync().sync({ ...ends, ...slow });
        try {
          await firstProgress(run);
          await lab?.setLink('down');
          const error = await failureOf(run);
          expect(ConnectionError.isInstance(error) && error).toMatchObject({ timedOut });
        } finally {
          await lab?.setLink('up');
          await rm(here, { recursive: true });
        }
      },
    );
  });

  it('says what does not exist', async () => {
    const none = `${work}/none`;
    const noSource = await failureOf(rsync.sync({ archive: true, source: none, destination: `${target}/none/` }));
    expect(noSource).toBeInstanceOf(PartialTransferError);
    expect(noSource).toMatchObject({ failures: [{ path: none, errno: 2 }] });
    const noParent = await failureOf(
      rsync.sync({ archive: true, source: `${work}/odd/`, destination: `${none}/none/` }),
    );
    expect(noParent).toBeInstanceOf(FileIoError);
    const noOption = rsync.sync({ source: none, destination: none, extraArguments: ['--no-such-option'] });
    expect(await failureOf(noOption)).toBeInstanceOf(UsageError);
  });
});
