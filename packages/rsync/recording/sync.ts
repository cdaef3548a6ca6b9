import type { Case, Scenario } from '@quiesce/lab/scenario';

const words = ['--info=progress2,stats2', '--no-human-readable', '--outbuf=L', '--8-bit-output'];
const itemized = '--out-format=%i %n';
const differences = [
  '--info=stats2',
  '--no-human-readable',
  '--outbuf=L',
  '--8-bit-output',
  '--out-format=%i %l %n//%L',
];

const sync = (name: string, ...args: readonly string[]): Case & { readonly args: readonly string[] } => {
  return { name, args: [...words, ...args] };
};

// Names that could be taken for something else, and every kind of file.
const makeNames = String.raw`
  mkdir -p names/dir names.copy/gonedir
  head -c 1000 /dev/zero >names/plain
  ln names/plain names/dir/hard
  ln -s plain names/link
  mkfifo names/fifo
  for name in 'new\nline' 'cr\rx' 'tab\tx' 'back\\#012slash' 'bad\377utf' 'two  blanks ' 'quo"te' \
    '*deleting   x' 'Number of files: 7'; do
    printf x >"$(printf "names/$name")"
  done
  printf x >'names/größe'
  touch names.copy/gone names.copy/gonedir/x
`;

const names: readonly Case[] = [
  {
    ...sync('names', '--archive', '--hard-links', '--delete', itemized, '--', 'names/', 'names.copy/'),
    before: makeNames,
  },
  sync('names-again', '--archive', '--hard-links', '--delete', itemized, '--', 'names/', 'names.copy/'),
  {
    ...sync('names-changed', '--archive', '--hard-links', itemized, '--', 'names/', 'names.copy/'),
    // rsync compares times in whole seconds.
    before: `
      sleep 1.1
      chmod 600 names/plain
      printf yy >names/größe
      touch -d @1000000000 'names/quo"te'
      ln -sf größe names/link
    `,
  },
  sync('names-dry-run', '--archive', '--dry-run', itemized, '--', 'names/', 'names.new/'),
  {
    name: 'differences',
    args: ['--archive', '--hard-links', '--delete', '--dry-run', ...differences, '--', 'names/', 'names.older/'],
    before: `
      cp -a names names.older
      touch names.older/gone
      rm names.older/link names.older/dir/hard
      ln -s dir names.older/link
      echo longer >>names.older/größe
      chmod 640 names.older/'tab'*
    `,
  },
  sync('skipped', '--recursive', '--', 'names/', 'names.skipped/'),
  sync('skipped directory', '--', 'names', 'names.skipped/'),
];

const contents: readonly Case[] = [
  {
    ...sync('delta-first', '--archive', '--no-whole-file', '--inplace', '--', 'image/', 'image.copy/'),
    before: 'mkdir image; head -c 4000000 /dev/urandom >image/disk',
  },
  {
    ...sync('delta', '--archive', '--no-whole-file', '--inplace', '--bwlimit=1m', '--', 'image/', 'image.copy/'),
    // One changed block in a file that the destination has.
    before: `
      sleep 1.1
      printf changed | dd of=image/disk bs=1 seek=2000000 conv=notrunc status=none
    `,
  },
  sync('limited', '--archive', '--bwlimit=1m', '--', 'image/', 'image.limited/'),
  {
    ...sync('many', '--archive', '--', 'many/', 'many.copy/'),
    // So many files that rsync starts before it has seen all of them.
    before: `
      mkdir -p many/a many/b many/c
      for folder in b c; do
        (cd many/$folder && seq 1 1500 | xargs touch -d @1000000000)
      done
      cp -a many many.copy
      echo x >many/a/file
    `,
  },
];

const failures: readonly Case[] = [
  {
    ...sync('unreadable', '-rlt', '--delete', '--', 'closed/', 'closed.copy/'),
    user: 'nobody',
    before: String.raw`
      mkdir -p closed/dir closed.copy
      chmod 700 closed/dir
      echo a >closed/open
      echo b >"$(printf 'closed/sec"ret\n\303\244\377 (13)')"
      chmod 600 closed/sec*
      touch closed.copy/old
      chown -R 65534 closed.copy
    `,
  },
  {
    ...sync('unwritable', '-rlt', '--', 'closed/open', 'readonly/'),
    user: 'nobody',
    before: 'mkdir -p readonly/sub; touch readonly/sub/x',
  },
  { ...sync('undeletable', '-r', '--delete', '--', 'closed.copy/', 'readonly/'), user: 'nobody' },
  {
    ...sync('clash', '--archive', '--', 'clash.a/', 'clash.b/'),
    before: 'mkdir -p clash.a clash.b/x/y; echo f >clash.a/x; touch clash.b/x/y/z',
  },
  sync('missing-source', '--archive', '--', 'image/none', 'image/disk', 'missing.copy/'),
  sync('missing-parent', '--archive', '--', 'image/', 'none/none/none/'),
  sync('not-a-directory', '--archive', '--', 'names/', 'image/disk'),
  sync('missing-exclude-file', '--archive', '--exclude-from=/none', '--', 'image/', 'none/'),
  {
    ...sync('no-space', '--archive', '--inplace', '--', 'image/', 'full/'),
    before: 'mkdir full; mount -t tmpfs -o size=1m tmpfs full',
  },
  {
    ...sync('no-inodes', '--archive', '--', 'several/', 'full/'),
    before: `
      umount full
      mount -t tmpfs -o size=10m,nr_inodes=5 tmpfs full
      mkdir several
      for number in 1 2 3 4 5 6; do echo $number >several/file$number; done
    `,
  },
  {
    ...sync('vanished', '--archive', '--bwlimit=1500', '--', 'vanish/', 'vanish.copy/'),
    // The file is removed while the one before it is copied.
    before: String.raw`
      mkdir vanish
      head -c 3000000 /dev/urandom >vanish/a
      echo x >"$(printf 'vanish/z"go\nne')"
      (until [ -e vanish.copy ]; do sleep 0.1; done; rm vanish/z*) >/dev/null 2>&1 &
    `,
  },
  {
    ...sync('max-delete', '--recursive', '--delete', '--max-delete=1', '--', 'empty/', 'more/'),
    before: 'mkdir empty more; touch more/1 more/2 more/3',
  },
];

const refusals: readonly Case[] = [
  sync('unknown-option', '--bogus', '--', 'image/', 'none/'),
  sync('unsupported', '--archive', '--compress', '--compress-choice=bogus', '--', 'image/', 'none/'),
  sync('io-timeout', '--archive', '--timeout=1', "--rsh=sh -c 'sleep 3'", '--', 'image/', 'host:none/'),
  sync('remote-shell', '--archive', "--rsh=sh -c 'sleep 1; exit 255'", '--', 'image/', 'host:none/'),
  sync('no-connection', '--archive', '--', 'image/', 'rsync://127.0.0.1:9/none/'),
];

const folder = '/tmp/quiesce-recording';
const startDaemon = `
  mkdir module
  printf '%s\\n' 'pid file = ${folder}/daemon.pid' 'use chroot = no' 'reverse lookup = no' \
    '[open]' 'path = ${folder}/module' \
    '[secret]' 'path = ${folder}/module' 'auth users = somebody' 'secrets file = ${folder}/none' \
    '[closed]' 'path = ${folder}/module' 'hosts deny = *' \
    '[busy]' 'path = ${folder}/module' 'max connections = -1' >rsyncd.conf
  rsync --daemon --config=rsyncd.conf --address=127.0.0.1 --port=8730
  until [ -s daemon.pid ]; do sleep 0.1; done
`;
const module = (name: string): string => `rsync://somebody@127.0.0.1:8730/${name}/`;
// A shell that ends before rsync has written to it is a lost connection.
const shell = (script: string): string => `--rsh=sh -c '${script}'`;

const ofDaemons: readonly Case[] = [
  { ...sync('daemon-unknown-module', '--archive', '--', module('none'), 'none/'), before: startDaemon },
  sync('daemon-password', '--archive', '--', module('secret'), 'none/'),
  sync('daemon-denied', '--archive', '--', module('closed'), 'none/'),
  sync('daemon-busy', '--archive', '--', module('busy'), 'none/'),
  sync('daemon-read-only', '--archive', '--', 'image/', module('open')),
];

const ofOtherEnds: readonly Case[] = [
  sync('garbage', '--archive', shell('echo garbage from a login shell; exec cat >/dev/null'), '--', 'image/', 'host:x'),
  sync('no-remote-rsync', '--archive', shell('sleep 1; exec /none/rsync'), '--', 'image/', 'host:x'),
  {
    name: 'cut-off-push',
    script: `
      printf '%s\\n' 'shift; exec 3<&0; setsid sh -c "$*" <&3 & pid=$!' \\
        'sleep 2; kill -9 -$pid; sleep 0.2; echo Connection to host closed by remote host. >&2; exit 255' >cut
      rsync ${words.join(' ')} --archive --bwlimit=100 '--rsh=sh ${folder}/cut' -- image/ host:${folder}/cut.copy/
    `,
  },
  {
    name: 'cut-off-pull',
    script: `rsync ${words.join(' ')} --archive --bwlimit=100 '--rsh=sh ${folder}/cut' -- host:${folder}/image/ cut.back/`,
  },
  {
    ...sync(
      'out-of-memory',
      '--max-alloc=1m',
      '--no-whole-file',
      '-I',
      '--block-size=512',
      '--',
      'sums/f',
      'sums.copy/',
    ),
    before: 'mkdir sums sums.copy; truncate -s 40m sums/f sums.copy/f',
  },
  {
    // Some 75 s of work, and what is left of this minute and the next to do it in.
    name: 'stop-time',
    script: `
      head -c 3900000 /dev/urandom >stop
      rsync ${words.join(' ')} --bwlimit=50k --stop-after=1 -- stop stop.copy
    `,
  },
];

/** Shell that runs rsync and ends it, or its other half, with a signal. */
const ended = (destination: string, kill: string): string => `
  rsync ${words.join(' ')} --archive --bwlimit=100 -- image/ ${destination} &
  running=$!
  sleep 2
  ${kill}
  wait $running
`;

const signals: readonly Case[] = [
  { name: 'terminated', script: ended('terminated.copy/', 'kill $running') },
  { name: 'receiver-killed', script: ended('killed.copy/', 'pkill -9 -P $running') },
];

export const scenario: Scenario = {
  program: 'rsync',
  cases: [...names, ...contents, ...failures, ...refusals, ...ofDaemons, ...ofOtherEnds, ...signals],
  tearDown: `umount ${folder}/full; kill $(cat ${folder}/daemon.pid)`,
};
