import { link, lstat, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRsync } from '../create-rsync.js';
import { execute, testFolder } from '../../test/folders.js';

const rsync = createRsync();
const folder = testFolder();

/** Sets or prints extended attributes, an access control list as the kernel keeps it among them. */
const script = `
import os, struct, sys
entry = lambda tag, bits, who=0xffffffff: struct.pack('<HHI', tag, bits, who)
if sys.argv[1] == 'set':
    os.setxattr(sys.argv[2], 'user.quiesce', b'a\\x00b\\xff')
    acl = struct.pack('<I', 2) + entry(1, 6) + entry(2, 4, 54321) + entry(4, 4) + entry(16, 6) + entry(32, 0)
    os.setxattr(sys.argv[2], 'system.posix_acl_access', acl)
for name in sorted(os.listxattr(sys.argv[2])):
    print(name, os.getxattr(sys.argv[2], name).hex())
`;
const attributes = async (action: 'set' | 'get', path: string): Promise<string> =>
  execute('python3', '-c', script, action, path);

describe('what a copy keeps', () => {
  it('access control lists and extended attributes, when told to', async () => {
    const { destination, source } = await folder.places();
    await writeFile(join(source, 'file'), 'x');
    const given = await attributes('set', join(source, 'file'));
    expect(given).toMatch(/^system\.posix_acl_access 0200.*31d40000.*\nuser\.quiesce 610062ff\n$/);
    const copy = join(destination, 'file');
    const options = { source, destination, archive: true };
    await rsync.sync(options);
    expect(await attributes('get', copy)).toBe('');
    const told = await rsync.diff({ ...options, acls: true, xattrs: true });
    expect(told).toMatchObject([{ path: 'file', action: 'attributes', attributes: ['acl', 'xattr'] }]);
    await rsync.sync({ ...options, xattrs: true });
    expect(await attributes('get', copy)).toBe('user.quiesce 610062ff\n');
    await rsync.sync({ ...options, acls: true, xattrs: true });
    expect(await attributes('get', copy)).toBe(given);
    expect(await rsync.diff({ ...options, acls: true, xattrs: true })).toEqual([]);
  });

  it('devices, pipes and sockets, owners and the bits of a program', async () => {
    const { destination, source } = await folder.places();
    await execute('mknod', join(source, 'block'), 'b', '7', '99');
    await execute('mknod', join(source, 'character'), 'c', '1', '3');
    await execute('mkfifo', join(source, 'pipe'));
    await writeFile(join(source, 'program'), 'x');
    await execute('chown', '54321:54322', join(source, 'program'));
    await execute('chmod', '6755', join(source, 'program'));
    const { stats } = await rsync.sync({ source, destination, archive: true });
    expect(stats.created).toMatchObject({ devices: 2, specials: 1, files: 1 });
    const shown = async (base: string): Promise<string> =>
      execute('sh', '-c', 'cd "$1" && stat -c "%n %F %t:%T %a %u:%g" *', 'sh', base);
    expect(await shown(destination)).toBe(await shown(source));
    expect(await shown(destination)).toContain('block block special file 7:63');
    const listed = await rsync.list({ source: destination });
    expect(listed.map(({ fileType }) => fileType).sort()).toEqual(['device', 'device', 'directory', 'file', 'special']);

    await rm(destination, { recursive: true });
    await rsync.sync({ source, destination, archive: true, devices: false, specials: false });
    expect(await execute('ls', destination)).toBe('program\n');
  });

  it('hard links, over directories and sources, when told to', async () => {
    const { destination, source } = await folder.places();
    for (const name of ['a', 'b']) await mkdir(join(source, name));
    await writeFile(join(source, 'a', 'one'), 'x'.repeat(100_000));
    await link(join(source, 'a', 'one'), join(source, 'b', 'two'));
    await link(join(source, 'a', 'one'), join(source, 'b', 'three'));
    const sources = [join(source, 'a'), join(source, 'b')];
    const options = { source: sources, destination, archive: true };
    const inodes = async (): Promise<number> =>
      new Set(
        await Promise.all(['a/one', 'b/two', 'b/three'].map(async (name) => (await stat(join(destination, name))).ino)),
      ).size;
    expect((await rsync.sync(options)).stats.literalBytes).toBe(300_000);
    expect(await inodes()).toBe(3);
    await rm(destination, { recursive: true });
    const { stats } = await rsync.sync({ ...options, hardLinks: true });
    expect(stats.literalBytes).toBe(100_000);
    expect(await inodes()).toBe(1);
    expect((await lstat(join(destination, 'b', 'two'))).nlink).toBe(3);
  });
});
