#!/bin/sh
# Records what the real rsync prints: as root, `sh record.sh FOLDER [RSYNC]`. FOLDER is named after the Debian release and
# rsync's version. Works in /tmp/rsync-fixtures, which it removes.
set -u
folder=$(mkdir -p "$1" && cd "$1" && pwd)
rsync=${2:-rsync}
work=/tmp/rsync-fixtures
export LC_ALL=C
umask 022
words='--info=progress2,stats2 --no-human-readable --outbuf=L --8-bit-output'
rm -rf "$work" && mkdir "$work" && chmod 755 "$work" && cd "$work" || exit 1
: >"$folder/exit-codes"

# record NAME COMMAND...: its output, and a line in exit-codes
record() {
  name=$1
  shift
  "$@" >"$folder/$name.stdout" 2>"$folder/$name.stderr"
  echo "$name $?" >>"$folder/exit-codes"
  for part in stdout stderr; do [ -s "$folder/$name.$part" ] || rm "$folder/$name.$part"; done
}
sync() {
  name=$1
  shift
  # shellcheck disable=SC2086
  record "$name" "$rsync" $words "$@"
}
nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
later() { (sleep 1 && "$@") & }

record version "$rsync" --version --version
record version-prose "$rsync" --version
record help "$rsync" --help

# Names that could be taken for something else, and every kind of file.
mkdir -p names/dir names.copy/gonedir
head -c 1000 /dev/zero >names/plain
ln names/plain names/dir/hard
ln -s plain names/link
mkfifo names/fifo
for name in 'new\nline' 'cr\rx' 'tab\tx' 'back\\#012slash' 'bad\377utf' 'two  blanks ' 'quo"te' '*deleting   x' 'Number of files: 7'; do
  printf x >"$(printf "names/$name")"
done
printf x >'names/größe'
touch names.copy/gone names.copy/gonedir/x
sync names --archive --hard-links --delete '--out-format=%i %n' -- names/ names.copy/
sync names-again --archive --hard-links --delete '--out-format=%i %n' -- names/ names.copy/
# rsync compares times in whole seconds.
sleep 1.1
chmod 600 names/plain && printf yy >names/größe && touch -d @1000000000 'names/quo"te' && ln -sf größe names/link
sync names-changed --archive --hard-links '--out-format=%i %n' -- names/ names.copy/
sync names-dry-run --archive --dry-run '--out-format=%i %n' -- names/ names.new/
sync skipped --recursive -- names/ names.skipped/

# One changed block in a file that the destination has.
mkdir image && head -c 4000000 /dev/urandom >image/disk
sync delta-first --archive --no-whole-file --inplace -- image/ image.copy/
sleep 1.1
printf changed | dd of=image/disk bs=1 seek=2000000 conv=notrunc 2>/dev/null
sync delta --archive --no-whole-file --inplace --bwlimit=1m -- image/ image.copy/
sync limited --archive --bwlimit=1m -- image/ image.limited/

# So many files that rsync starts before it has seen all of them.
mkdir -p many/a many/b many/c
for folder_of_many in b c; do
  (cd many/$folder_of_many && seq 1 1500 | xargs touch -d @1000000000)
done
cp -a many many.copy && echo x >many/a/file
sync many --archive -- many/ many.copy/

# Files that fail.
mkdir -p closed/dir closed.copy && chmod 700 closed/dir && echo a >closed/open
echo b >"$(printf 'closed/sec"ret\n\303\244\377 (13)')" && chmod 600 closed/sec*
touch closed.copy/old && chown -R 65534 closed.copy
record unreadable nobody "$rsync" $words -rlt --delete -- closed/ closed.copy/
mkdir readonly && mkdir readonly/sub && touch readonly/sub/x
record unwritable nobody "$rsync" $words -rlt -- closed/open readonly/
record undeletable nobody "$rsync" $words -r --delete -- closed.copy/ readonly/
mkdir -p clash.a clash.b/x/y && echo f >clash.a/x && touch clash.b/x/y/z
sync clash --archive -- clash.a/ clash.b/
sync missing-source --archive -- image/none image/disk missing.copy/
sync missing-parent --archive -- image/ none/none/none/
sync not-a-directory --archive -- names/ image/disk
sync missing-exclude-file --archive --exclude-from=/none -- image/ none/

# A destination that is full, in bytes and in files.
mkdir full && mount -t tmpfs -o size=1m tmpfs full
sync no-space --archive --inplace -- image/ full/
umount full && mount -t tmpfs -o size=10m,nr_inodes=5 tmpfs full
mkdir several && for number in 1 2 3 4 5 6; do echo $number >several/file$number; done
sync no-inodes --archive -- several/ full/
umount full

# Files that vanish, and limits.
mkdir vanish && head -c 3000000 /dev/urandom >vanish/a && echo x >"$(printf 'vanish/z"go\nne')"
later sh -c 'rm vanish/z*'
sync vanished --archive --bwlimit=1500 -- vanish/ vanish.copy/
mkdir empty more && touch more/1 more/2 more/3
sync max-delete --recursive --delete --max-delete=1 -- empty/ more/

# What is refused.
sync unknown-option --bogus -- image/ none/
sync unsupported --archive --compress --compress-choice=bogus -- image/ none/
sync io-timeout --archive --timeout=1 "--rsh=sh -c 'sleep 3'" -- image/ host:none/
sync remote-shell --archive "--rsh=sh -c 'sleep 1; exit 255'" -- image/ host:none/
sync no-connection --archive -- image/ rsync://127.0.0.1:9/none/

# What is ended: the program itself, and its other half.
"$rsync" $words --archive --bwlimit=100 -- image/ terminated.copy/ >"$folder/terminated.stdout" 2>"$folder/terminated.stderr" &
running=$!
sleep 1 && kill $running
wait $running
echo "terminated $?" >>"$folder/exit-codes"
"$rsync" $words --archive --bwlimit=100 -- image/ killed.copy/ >"$folder/receiver-killed.stdout" 2>"$folder/receiver-killed.stderr" &
running=$!
sleep 1 && pkill -9 -P "$running"
wait $running
echo "receiver-killed $?" >>"$folder/exit-codes"

cd / && rm -rf "$work"
