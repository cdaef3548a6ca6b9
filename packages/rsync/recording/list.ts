import type { Case, Scenario } from '@quiesce/lab/scenario';

const words = ['--list-only', '--links', '--no-human-readable', '--outbuf=L'];
const recursive = ['--list-only', '--links', '--recursive', '--no-human-readable', '--outbuf=L'];

// Every kind of file, modes with their special bits, and names that could be taken for a row.
const make = String.raw`
  mkdir -p names/dir
  head -c 1000 /dev/zero >names/plain
  chmod 4751 names/plain
  ln -s plain names/link
  ln -s 'a -> b' 'names/x -> y'
  ln -s "$(printf 'bad\377utf')" names/odd
  mkfifo names/fifo
  mknod names/null c 1 3
  mknod names/disk b 7 0
  for name in 'new\nline' 'bad\377utf' ' blank ' '-rw-r--r--              7 other -> none'; do
    printf x >"$(printf -- "names/$name")"
  done
  printf x >'names/größe'
  touch names/dir/below
  chmod 1777 names/dir
  find names -exec touch --no-dereference --date=@1364083186 {} +
`;

const cases: readonly Case[] = [
  { name: 'list', args: [...recursive, '--', 'names/'], before: make },
  { name: 'list-directory', args: [...words, '--', 'names'] },
  { name: 'list-missing', args: [...words, '--', 'none/'] },
];

export const scenario: Scenario = { program: 'rsync', cases };
