import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCommand, InvalidArgumentError, localTransport, quoteWords, run } from '@quiesce/command';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRsync } from '../create-rsync.js';
import { lackingOptions } from '../features/since.js';
import { rsyncCommand } from '../sync/sync-command.js';
import type { RsyncOptions } from './sync-options.js';

const paths = { source: '/a/', destination: '/b/' };

function refusal(options: Partial<RsyncOptions>): string {
  try {
    rsyncCommand({ ...paths, ...options });
    return 'nothing';
  } catch (error) {
    if (InvalidArgumentError.isInstance(error)) return error.message;
    throw error;
  }
}

const user = { user: 'backup' };
const map = [{ from: '*', to: 'backup' }];
const later = new Date('2999-01-01T00:00:00Z');

describe('checkConflicts', () => {
  it.each<[Partial<RsyncOptions>, string]>([
    [{ sparse: true, inplace: true }, 'sparse: true is not valid: expected not both sparse and inplace: together'],
    [{ sparse: true, writeDevices: true }, 'not both sparse and writeDevices'],
    [{ partialDir: '.part', append: true }, 'not both partialDir and append: with inplace the partial file'],
    [{ delayUpdates: true, inplace: true }, 'not both delayUpdates and inplace'],
    [{ wholeFile: true, appendVerify: true }, 'not both wholeFile and appendVerify'],
    [{ append: true, appendVerify: true }, 'only one of append, appendVerify'],
    [{ deleteAfter: true }, 'archive, recursive or dirs with it'],
    [{ archive: true, recursive: false, delete: true }, 'archive, recursive or dirs with it'],
    [{ filesFrom: '/l', dirs: false, archive: true, delete: true }, 'archive, recursive or dirs with it'],
    [{ archive: true, deleteBefore: true, deleteDelay: true }, 'only one of deleteBefore, deleteDuring'],
    [{ linkDest: '/x', compareDest: '/y' }, 'only one of compareDest, copyDest, linkDest'],
    [{ chown: user, usermap: map }, 'not both usermap and chown.user'],
    [{ chown: { group: 'x' }, groupmap: map }, 'not both groupmap and chown.group'],
    [{ fakeSuper: true, super: true }, 'not both fakeSuper and super'],
    [{ archive: true, delete: true, omitMountPoints: true }, 'oneFileSystem in place of omitMountPoints'],
    [{ fakeSuper: true, rsyncXattrs: true }, 'not both rsyncXattrs and fakeSuper'],
    [{ fuzzyAlternates: true }, 'compareDest or copyDest or linkDest with it: fuzzy looks in the destination alone'],
    [{ ipv4: true, ipv6: true }, 'only one of ipv4, ipv6'],
    [{ stopAfterMinutes: 1, stopAt: later }, 'only one of stopAfterMinutes, stopAt'],
    [{ writeBatch: '/x', readBatch: '/y' }, 'only one of writeBatch, onlyWriteBatch, readBatch'],
    [{ readBatch: '/y', removeSourceFiles: true }, 'not both readBatch and removeSourceFiles'],
    [{ readBatch: '/y', destination: 'a@b:c' }, 'a local destination with it'],
    [{ filesFrom: '/l', source: ['/a', '/b'] }, 'one source with it'],
    [{ files: ['a'], source: ['/a', '/b'] }, 'one source with it'],
    [{ files: ['a'], filesFrom: '/l' }, 'only one of files, filesFrom'],
    [{ files: ['a'], excludeFrom: '/x' }, 'from0 with it where rules are read from files'],
    [{ files: ['a'], filters: { type: 'merge', file: '/x' } }, 'from0 with it where rules are read from files'],
    [{ files: ['a'], readBatch: '/y' }, 'not both readBatch and files'],
    [{ files: ['a'], dirs: false, archive: true, delete: true }, 'archive, recursive or dirs with it'],
    [{ insecureLinks: true, confineRoot: '/x' }, 'not both insecureLinks and confineRoot'],
    [{ checksum: true, checksumChoice: 'none' }, 'a checksumChoice with it that is not none'],
    [{ append: true, checksumChoice: 'none' }, 'not none with append'],
    [{ passwordFile: '/p' }, 'a daemon with it'],
    [{ connectTimeoutSeconds: 5, source: 'a@b:c' }, 'a daemon with it'],
    [{ address: '127.0.0.1', destination: 'a@b:c' }, 'a daemon with it'],
    [{ sockopts: 'SO_KEEPALIVE' }, 'a daemon with it'],
    [{ rsyncPath: ['sudo', 'rsync'] }, 'a path of another machine with it, as { host, path }'],
    [{ rsyncPath: '/x', source: 'rsync://d/e' }, 'a daemon is its own rsync'],
    [{ suffix: '.old' }, 'backup or backupDir with it: nothing is kept without'],
    [{ suffix: '.old', backup: false }, 'backup or backupDir with it'],
    [{ logFileFormat: '%n' }, 'logFile with it: nothing is written without'],
    [{ ignoreErrors: true, archive: true }, 'delete or deleteBefore or'],
    [{ maxDelete: 0, archive: true }, 'or deleteMissingArgs or force with it: nothing is removed without'],
    [{ source: 'a@b:c', destination: 'rsync://d/e' }, 'rsync copies from or to one'],
    [{ source: ['a@b:c', '/d'] }, 'the machine of the first source'],
    [{ source: ['a@b:c', 'a@d:c'] }, 'the machine of the first source'],
    [{ destination: 'host:data' }, 'of another machine it is "user@host:path" or { host, path }'],
    [{ destination: { daemon: 'd', module: 'm', path: 'a*' } }, 'destination.path'],
    [{ destination: { host: '-oProxyCommand=x', path: '/' } }, 'destination.host'],
    [{ destination: { host: 'a', path: '/', pott: 1 } as never }, 'destination.pott: is no option'],
    [{ destination: 'a@b:c', backupDir: '/x\ny' }, 'no line break in what a remote shell gets'],
  ])('refuses %j', (options, message) => {
    expect(refusal(options)).toContain(message);
  });

  it.each<Partial<RsyncOptions>>([
    { dirs: true, delete: true },
    { archive: true, delete: true, omitMountPoints: true, filters: 'P /mnt/' },
    { filesFrom: '/l', archive: true, delete: true },
    { files: ['a'], from0: true, excludeFrom: '/x' },
    { files: ['a'], filters: '- *.tmp' },
    { chown: user, groupmap: map },
    { inplace: true, partial: true },
    { backupDir: 'old', suffix: '.old' },
    { archive: true, deleteExcluded: true, maxDelete: 5, ignoreErrors: true },
    { deleteMissingArgs: true, maxDelete: 5 },
    { force: true, maxDelete: 5 },
    { suffix: '.old', remoteOptions: '--backup' },
    { suffix: '.old', extraArguments: ['--backup'] },
    { rsyncPath: '/x', source: 'rsync://d/e', extraArguments: ['--rsh=ssh'] },
    { destination: { host: 'b', path: '/c' }, rsyncPath: ['sudo', 'rsync'] },
    { source: ['a@b:c', 'a@b:d'] },
  ])('lets %j through', (options) => {
    expect(refusal(options)).toBe('nothing');
  });
});

describe('what is let through', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rsync-pairs-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** Those that rsync's own options.c and main.c have in an error, and what is close to them. */
  const given = (): Partial<RsyncOptions> => ({
    ...{ archive: true, recursive: true, dirs: true, oldDirs: true, wholeFile: true },
    ...{ inplace: true, append: true, appendVerify: true, sparse: true, copyDevices: true },
    ...{ writeDevices: true, partial: true, partialDir: '.part', delayUpdates: true, backup: true, backupDir: 'old' },
    ...{ delete: true, deleteBefore: true, deleteDuring: true },
    ...{ deleteDelay: true, deleteAfter: true, deleteExcluded: true, deleteMissingArgs: true },
    ...{ removeSourceFiles: true, filesFrom: join(folder, 'list'), from0: true, fuzzy: true, compareDest: '/tmp' },
    ...{ copyDest: '/tmp', linkDest: '/tmp', usermap: map, groupmap: map, chown: user },
    ...{ super: true, fakeSuper: true, checksum: true, checksumChoice: 'none' },
    ...{ protocol: 29, pruneEmptyDirs: true, stopAfterMinutes: 5, stopAt: later, ipv4: true },
    ...{ ipv6: true, writeBatch: join(folder, 'batch'), onlyWriteBatch: join(folder, 'batch'), insecureLinks: true },
    ...{ confineRoot: folder, compress: true, compressChoice: 'zstd' },
    ...{ logFile: join(folder, 'log'), incRecursive: true },
  });

  it('is no usage error of rsync, in pairs', async () => {
    const { version } = await createRsync().version();
    const entries = Object.entries(given());
    mkdirSync(join(folder, 'from'));
    writeFileSync(join(folder, 'from', 'file'), 'x');
    writeFileSync(join(folder, 'list'), 'file\n');
    const pairs = entries.flatMap((one, index) =>
      entries.slice(index + 1).map((other) => Object.fromEntries([one, other])),
    );
    const commands = pairs.flatMap((pair, index) => {
      const to = join(folder, `to${String(index % 2)}`);
      try {
        const { args, env = {} } = rsyncCommand({
          source: join(folder, 'from/'),
          destination: to,
          ...pair,
          dryRun: true,
        });
        if (lackingOptions(args, version).length > 0) return [];
        const words = ['env', ...Object.entries(env).map(([name, value]) => `${name}=${value}`), 'rsync', ...args];
        return [{ pair: JSON.stringify(pair), line: quoteWords(words) }];
      } catch (error) {
        if (InvalidArgumentError.isInstance(error)) return [];
        throw error;
      }
    });
    const half = Math.ceil(commands.length / 2);
    const failed = await Promise.all(
      [commands.slice(0, half), commands.slice(half)].map(async (part) => {
        const lines = part.map(({ line }, index) => `${line} >/dev/null 2>&1; [ $? = 1 ] && echo ${String(index)}`);
        const script = createCommand('sh', ['-s'], { stop: 'kill', stdin: `${lines.join('\n')}\n` });
        // The last line's code is that of its test.
        const { stdout: out } = await run(localTransport(), script, { successCodes: [0, 1] });
        return out.split('\n').flatMap((index) => (index === '' ? [] : [part[Number(index)]?.pair]));
      }),
    );
    expect(commands.length).toBeGreaterThan(700);
    expect(failed.flat()).toEqual([]);
  }, 120_000);
});
