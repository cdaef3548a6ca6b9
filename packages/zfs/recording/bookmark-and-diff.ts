import type { Case, Scenario } from '@quiesce/lab/scenario';
import { createPool, destroyPool, pool } from './parts/spare-pool.js';

const fs = `${pool}/fs`;
const odd = `${pool}/odd`;

const bookmarks: readonly Case[] = [
  { name: 'bookmark', args: ['bookmark', '--', `${fs}@1`, `${fs}#1`] },
  { name: 'bookmark of a bookmark', args: ['bookmark', '--', `${fs}#1`, `${fs}#copy`] },
  { name: 'exists bookmark', args: ['bookmark', '--', `${fs}@1`, `${fs}#1`] },
  { name: 'not found bookmark', args: ['bookmark', '--', `${fs}@no`, `${fs}#2`] },
  { name: 'not found bookmark of a bookmark', args: ['bookmark', '--', `${fs}#no`, `${fs}#2`] },
  { name: 'not found bookmark dataset', args: ['bookmark', '--', `${pool}/no@1`, `${pool}/no#2`] },
  { name: 'not found bookmark pool', args: ['bookmark', '--', 'nopool@1', 'nopool#2'] },
  { name: 'other bookmark elsewhere', args: ['bookmark', '--', `${fs}@1`, `${odd}#1`] },
  { name: 'permission bookmark', user: 'nobody', args: ['bookmark', '--', `${fs}@1`, `${fs}#u`] },
];

const diffs: readonly Case[] = [
  { name: 'diff', args: ['diff', '-FHt', '--', `${fs}@1`, `${fs}@2`] },
  { name: 'diff now', args: ['diff', '-FHt', '--', `${fs}@1`, fs] },
  { name: 'diff of a clone', args: ['diff', '-FHt', '--', `${fs}@1`, `${pool}/clone`] },
  { name: 'diff of an odd place', args: ['diff', '-FHt', '--', `${odd}@1`, `${odd}@2`] },
  { name: 'diff none', args: ['diff', '-FHt', '--', `${odd}@2`, `${odd}@3`] },
  { name: 'not earlier diff', args: ['diff', '-FHt', '--', `${fs}@2`, `${fs}@1`] },
  { name: 'not earlier diff elsewhere', args: ['diff', '-FHt', '--', `${fs}@1`, odd] },
  { name: 'not earlier diff of two datasets', args: ['diff', '-FHt', '--', `${fs}@1`, `${odd}@1`] },
  { name: 'not earlier diff with itself', args: ['diff', '-FHt', '--', `${fs}@1`, `${fs}@1`] },
  { name: 'not found diff', args: ['diff', '-FHt', '--', `${fs}@no`, fs] },
  { name: 'not found diff to', args: ['diff', '-FHt', '--', `${fs}@1`, `${fs}@no`] },
  { name: 'not found diff dataset', args: ['diff', '-FHt', '--', `${pool}/no@1`, `${pool}/no`] },
  { name: 'not found diff pool', args: ['diff', '-FHt', '--', 'nopool@1', 'nopool'] },
  { name: 'other diff of a volume', args: ['diff', '-FHt', '--', `${pool}/volume@1`, `${pool}/volume@2`] },
  { name: 'permission diff', user: 'nobody', args: ['diff', '-FHt', '--', `${fs}@1`, `${fs}@2`] },
  { name: 'permission diff now', user: 'nobody', args: ['diff', '-FHt', '--', `${fs}@1`, fs] },
];

const places: readonly Case[] = [
  {
    name: 'places',
    args: ['get', '-Hp', '-o', 'name,property,source,value', '--', 'type,mounted,mountpoint,snapdir', fs, `${fs}@1`],
  },
  {
    name: 'places of a volume',
    args: [
      'get',
      '-Hp',
      '-o',
      'name,property,source,value',
      '--',
      'type,mounted,mountpoint,snapdir',
      `${pool}/volume`,
      `${pool}/volume@1`,
    ],
  },
];

// What zfs takes for a name, and what not: 'no such' or 'no name' is told of each.
const names = String.raw`tank 9tank -tank _tank .tank tank/a tank/. tank/.. tank/... tank/.a tank/a. tank//a tank/ /tank tank/a@b@c
  tank/a@b#c tank/a#b@c tank/a#b#c tank@ tank# @a # tank@. tank@.. tank@... tank#. tank#.. tank@a/b tank#a/b tank/a/@b
  tank/a%b tank@a%b tank+a tank+/+a tank/a+ +tank tank@+a tank/-a tank@-a tank#-a tank/ü tank@ü tank/a,b tank@a,b mirror
  mirror/a raidz1 draid spare log c0 c0/a tank:a tank/: tank/a:b@c:d tank/a$b tank/a'b tank/a=b tank/a;b ta.nk ta..nk
  tank/a/./b tank/a/../b tank/./a tank/../a Tank tank@A_b-c.d:e+f`;
const invalidNames: readonly Case[] = [
  {
    name: 'names',
    // A blank stands as + in the list.
    script: `
      for name in $(cat <<'END'
${names}
END
      ); do
        name=$(printf %s "$name" | tr + ' ')
        case "$(zfs list -H -t all -- "$name" 2>&1)" in
          *'does not exist') echo "$name	no such" ;;
          *) echo "$name	no name" ;;
        esac
      done`,
  },
  { name: 'name create', args: ['create', '--', `${fs}/..`] },
  { name: 'name snapshot', args: ['snapshot', '--', `${fs}@..`] },
  { name: 'name rollback', args: ['rollback', '--', fs] },
  { name: 'name promote', args: ['promote', `${fs}@1`] },
];

const held: readonly Case[] = [
  { name: 'busy held destroy one', before: `zfs hold keep ${fs}@2`, args: ['destroy', '-vp', '--', `${fs}@2`] },
  {
    name: 'busy held destroy recursive',
    before: `zfs destroy -r ${pool}/clone`,
    args: ['destroy', '-vp', '-r', '--', fs],
  },
  { name: 'busy held rollback', args: ['rollback', '-r', '--', `${fs}@1`] },
  { name: 'busy held destroy range', args: ['destroy', '-vp', '--', `${fs}@1%2`] },
  { name: 'destroy held deferred', args: ['destroy', '-vp', '-d', '--', `${fs}@2`] },
  { name: 'hold deferred', args: ['hold', '--', 'more', `${fs}@2`] },
  {
    name: 'not mounted diff',
    before: `zfs release keep ${fs}@2; zfs unmount ${odd}`,
    args: ['diff', '-FHt', '--', `${odd}@1`, `${odd}@2`],
  },
];

export const scenario: Scenario = {
  program: 'zfs',
  setUp: String.raw`
    ${createPool}
    zfs create -o xattr=sa ${fs}
    zfs create -o xattr=dir -o mountpoint="/${pool}/$(printf 'o d\\d\nd')" ${odd}
    zfs create -V 16M ${pool}/volume
    zfs snapshot ${pool}/volume@1
    zfs snapshot ${pool}/volume@2
    cd /${pool}/fs
    mkdir directory "$(printf 'n\nl')"
    for file in gone 'old name' changed linked kept unlinked; do echo 1 >"$file"; done
    zfs snapshot ${fs}@1
    zfs clone ${fs}@1 ${pool}/clone
    echo 2 >/${pool}/clone/new
    rm gone
    mv 'old name' 'new -> name'
    mv kept "$(printf 'k\n->\tx')"
    echo 2 >>changed
    ln linked linked2
    for file in 'a\nb' 'a\tb' 'back\\slash' 'back\\0040slash' '\303\274n\303\257 \360\237\220\221' 'bad\377\376' 'c\001\177'; do
      echo 2 >"$(printf "$file")"
    done
    mkfifo fifo
    mknod block b 7 9
    mknod character c 1 3
    ln -s linked symbolic
    python3 -c "import socket; socket.socket(socket.AF_UNIX).bind('socket')"
    echo 2 >"$(printf 'n\nl/inner')"
    (exec 9<unlinked; rm unlinked; zfs snapshot ${fs}@2)
    echo 3 >later
    cd "$(printf '/${pool}/o d\\d\nd')"
    echo 1 >file
    zfs snapshot ${odd}@1
    echo 2 >'it is'
    python3 -c "import os; os.setxattr('file', 'user.x', b'y')"
    zfs snapshot ${odd}@2
    zfs snapshot ${odd}@3
    cd /
  `,
  cases: [...bookmarks, ...diffs, ...places, ...invalidNames, ...held],
  tearDown: destroyPool,
};
