import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isVerdict, parseRsyncFailure, parseRsyncVanished } from './messages.js';

describe('parseRsyncFailure', () => {
  it.each<[string, object]>([
    [
      'rsync: [sender] send_files failed to open "/data/a": Permission denied (13)',
      { path: '/data/a', reason: 'Permission denied', errno: 13, operation: 'send_files failed to open' },
    ],
    [
      'rsync: [sender] opendir "/data/closed" failed: Permission denied (13)',
      { path: '/data/closed', reason: 'Permission denied', errno: 13, operation: 'opendir' },
    ],
    [
      'rsync: [receiver] mkstemp "/backup/.name.with.dots.yegiaQ" failed: No space left on device (28)',
      { path: '/backup/name.with.dots', reason: 'No space left on device', errno: 28, operation: 'mkstemp' },
    ],
    [
      'rsync: [receiver] open "/backup/.hidden.Ab3dEf" failed: Permission denied (13)',
      { path: '/backup/.hidden.Ab3dEf', reason: 'Permission denied', errno: 13, operation: 'open' },
    ],
    [
      'rsync: [generator] delete_file: unlink(sub/x (1)) failed: Permission denied (13)',
      { path: 'sub/x (1)', reason: 'Permission denied', errno: 13, operation: 'delete_file: unlink' },
    ],
    [
      'rsync: [receiver] rename "/backup/.x.Ab3dEf" -> "x": Is a directory (21)',
      { path: '/backup/x', reason: 'Is a directory', errno: 21, operation: 'rename' },
    ],
    [
      'rsync: [receiver] rename "/backup/dir/.x.Ab3dEf" -> "dir/.x": Is a directory (21)',
      { path: '/backup/dir/.x', reason: 'Is a directory', errno: 21, operation: 'rename' },
    ],
    [
      'rsync: [receiver] set_acl: sys_acl_set_file(var/log/journal/0a1b/.user-1002@c41c-0005.journal.Aol6Q6, ACL_TYPE_ACCESS): ' +
        'Operation not supported (95)',
      {
        path: 'var/log/journal/0a1b/user-1002@c41c-0005.journal',
        reason: 'Operation not supported',
        errno: 95,
        operation: 'set_acl: sys_acl_set_file',
      },
    ],
    [
      'rsync: [receiver] rsync_xal_set: lsetxattr("/srv/b/x/.db.sqlite.k3Jq9Z","security.selinux") failed: ' +
        'Operation not supported (95)',
      {
        path: '/srv/b/x/db.sqlite',
        reason: 'Operation not supported',
        errno: 95,
        operation: 'rsync_xal_set: lsetxattr',
      },
    ],
    [
      'rsync: [receiver] chown "/backup/.x.Ab3dEf" failed: Operation not permitted (1)',
      { path: '/backup/x', reason: 'Operation not permitted', errno: 1, operation: 'chown' },
    ],
    [
      'rsync: failed to set times on "/backup/.x.Ab3dEf": Operation not permitted (1)',
      { path: '/backup/x', reason: 'Operation not permitted', errno: 1, operation: 'failed to set times on' },
    ],
    [
      'rsync: [generator] set_acl: sys_acl_set_file(dir/.config.backup, ACL_TYPE_ACCESS): Operation not supported (95)',
      {
        path: 'dir/.config.backup',
        reason: 'Operation not supported',
        errno: 95,
        operation: 'set_acl: sys_acl_set_file',
      },
    ],
    [
      'rsync: [sender] readlink_stat("/data/images/web") failed: Structure needs cleaning (117)',
      { path: '/data/images/web', reason: 'Structure needs cleaning', errno: 117, operation: 'readlink_stat' },
    ],
    [
      'rsync: [receiver] write failed on "/backup/x": Disk quota exceeded (122)',
      { path: '/backup/x', reason: 'Disk quota exceeded', errno: 122, operation: 'write failed on' },
    ],
    [
      'rsync: [receiver] rsync_xal_set: lsetxattr("/backup/x","user.a") failed: Operation not supported (95)',
      { path: '/backup/x', reason: 'Operation not supported', errno: 95, operation: 'rsync_xal_set: lsetxattr' },
    ],
    [
      'rsync: [receiver] set_acl: sys_acl_set_file(dir/x, ACL_TYPE_ACCESS): Operation not supported (95)',
      { path: 'dir/x', reason: 'Operation not supported', errno: 95, operation: 'set_acl: sys_acl_set_file' },
    ],
    [
      'rsync: [sender] read errors mapping "/data/a": Input/output error (5)',
      { path: '/data/a', reason: 'Input/output error', errno: 5, operation: 'read errors mapping' },
    ],
    [
      'could not make way for new regular file: x: y',
      { path: 'x: y', reason: 'could not make way for new regular file', errno: undefined, operation: undefined },
    ],
    [
      'ERROR: dir/a b failed verification -- update discarded.',
      { path: 'dir/a b', reason: 'failed verification', errno: undefined, operation: undefined },
    ],
    [
      'symlink has no referent: "/data/broken"',
      { path: '/data/broken', reason: 'symlink has no referent', errno: undefined, operation: undefined },
    ],
  ])('reads %j', (line, failure) => {
    expect(parseRsyncFailure(line)).toEqual(failure);
  });

  it('takes no name for a temporary one where there are none', () => {
    const line = 'rsync: [receiver] chown "/backup/.config.backup" failed: Operation not permitted (1)';
    expect(parseRsyncFailure(line, { inplace: true })).toMatchObject({ path: '/backup/.config.backup', errno: 1 });
    expect(parseRsyncFailure(line)).toMatchObject({ path: '/backup/config' });
  });

  it.each([
    '',
    'rsync: [sender] write error: Broken pipe (32)',
    'rsync: connection unexpectedly closed (45 bytes received so far) [sender]',
    'rsync: [sender] failed to connect to 127.0.0.1 (127.0.0.1): Connection refused (111)',
    'rsync error: some files/attrs were not transferred (see previous errors) (code 23) at main.c(1347) [sender=3.2.7]',
    'file has vanished: "/data/a"',
    'WARNING: x failed verification -- update discarded (will try again).',
    'skipping non-regular file "fifo"',
  ])('reads no failed file in %j', (line) => {
    expect(parseRsyncFailure(line)).toBeUndefined();
  });

  it('finds any name between its own words', () => {
    fc.assert(
      // rsync writes a newline and a backslash before # as escapes: see text.test.ts.
      fc.property(fc.stringMatching(/^[^\\\n\r]+$/), (name) => {
        fc.pre(name.isWellFormed());
        const line = `rsync: [sender] send_files failed to open "/${name}": Permission denied (13)`;
        fc.pre(!/" [-=]> "|","/.test(name));
        expect(parseRsyncFailure(line)).toMatchObject({ path: `/${name}`, errno: 13 });
      }),
    );
  });
});

describe('parseRsyncVanished', () => {
  it('reads the name', () => {
    expect(parseRsyncVanished(String.raw`file has vanished: "/data/z"go\#012ne"`)).toEqual({
      path: '/data/z"go\nne',
      pathBytes: undefined,
    });
    expect(parseRsyncVanished(String.raw`file has vanished: "/data/\#377"`)).toEqual({
      path: String.raw`/data/\#377`,
      pathBytes: Buffer.from('/data/\u00ff', 'latin1'),
    });
    expect(parseRsyncVanished('directory has vanished: "/data/dir"')).toMatchObject({ path: '/data/dir' });
    expect(parseRsyncVanished('file has gone: "/data/dir"')).toBeUndefined();
  });
});

describe('isVerdict', () => {
  it.each<[string, boolean]>([
    [
      'rsync warning: some files vanished before they could be transferred (code 24) at main.c(1394) [sender=3.5.0]',
      true,
    ],
    ['rsync error: error in file IO (code 11) at receiver.c(657) [receiver=3.5.0]', true],
    ['rsync: [sender] write error: Broken pipe (32)', false],
  ])('of %j is %j', (line, verdict) => {
    expect(isVerdict(line)).toBe(verdict);
  });
});
