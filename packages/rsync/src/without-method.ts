import type { WithoutMethod } from '@quiesce/command';

/**
 * Options of rsync without a property, by the reason.
 * {@link RsyncOptions.extraArguments} takes them all the same.
 */
export const rsyncWithoutProperty: WithoutMethod = {
  forPeople: `
    --debug --help --no-motd --progress --quiet --stats --verbose
  `,
  notYet: `
    --address --append --append-verify --atimes --backup --backup-dir --block-size
    --blocking-io --checksum-choice --checksum-seed --chown --compare-dest
    --compress-choice --compress-level --compress-threads --confine-root --contimeout --copy-as
    --copy-dest --copy-devices --copy-dirlinks --copy-links --copy-unsafe-links --crtimes
    --cvs-exclude --del --delay-updates --delete-after --delete-before --delete-delay
    --delete-during --delete-missing-args --devices --dirs --early-input
    --executability --existing --fake-super --files-from --force --from0 --fsync --fuzzy --group
    --groupmap --iconv --ignore-errors --ignore-existing --ignore-missing-args
    --ignore-non-existing --ignore-times --inc-recursive --include --include-from
    --insecure-links --ipv4 --ipv6 --keep-dirlinks --link-dest --links --list-only --log-file
    --log-file-format --max-alloc --max-size --min-size --mkpath --munge-links --no-i-r
    --no-implied-dirs --no-inc-recursive --old-args --old-d --old-dirs --omit-dir-times
    --omit-link-times --only-write-batch --open-noatime --owner --partial --password-file
    --perms --port --preallocate --protocol --prune-empty-dirs --read-batch --relative
    --remote-option --remove-source-files --rsh --rsync-path --safe-links --secluded-args
    --size-only --skip-compress --sockopts --specials --stderr --stop-after --stop-at --suffix
    --super --temp-dir --times --trust-sender --update --usermap --write-batch --write-devices
  `,
};

/** Options that {@link Rsync.sync} gives rsync by itself: what it reads the output by. */
export const rsyncOwnOptions: readonly string[] = [
  ...['--info', '--outbuf', '--8-bit-output', '--human-readable', '--out-format', '--itemize-changes'],
  '--version',
];
