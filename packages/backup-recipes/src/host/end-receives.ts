import { createCommand, type Command } from '@quiesce/command';

const script = `
set -u
receives() {
  for folder in /proc/[0-9]*; do
    mapfile -d '' -t words <"$folder/cmdline" || continue
    [ "\${#words[@]}" -gt 2 ] && [ "\${words[0]##*/}" = zfs ] && [ "\${words[-1]}" = "$1" ] || continue
    case \${words[1]} in receive | recv) printf '%s\\n' "\${folder#/proc/}" ;; esac
  done
} 2>/dev/null
mapfile -t ended < <(receives "$1")
[ "\${#ended[@]}" -gt 0 ] || exit 0
kill -TERM "\${ended[@]}"
# It keeps what came, which takes it a moment.
while [ "$(receives "$1")" ]; do sleep 0.2; done
printf '%s\\n' "\${ended[@]}"
`.trim();

/**
 * Ends each `zfs receive` into a dataset, and prints the ids of those processes. Where the link to
 * a host was cut its programs may wait for the rest of what they were given for hours. See proc(5)
 * and kill(1).
 */
export function endReceivesCommand(options: { dataset: string }): Command {
  return createCommand('bash', ['-c', script, 'bash', options.dataset], { effect: 'write', stop: 'kill' });
}
