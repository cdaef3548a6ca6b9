import { quoteWord } from '@quiesce/command';
import type { Fault } from './fault.js';

/** Whoever does something from outside at an event gets time for it. */
const holdSeconds = 1.5;

const daemons = "'^(libvirtd|virtqemud)$'";

/** What happens on the host at an event. */
function action({ kind, seconds = 20 }: Fault): string | undefined {
  const later = (what: string): string => `(sleep ${String(seconds)}; ${what}) </dev/null >/dev/null 2>&1 &`;
  if (kind === 'unit killed') return 'kill -KILL $$';
  if (kind === 'QEMU stopped') return `pkill -STOP -f 'guest=MySQL'; ${later("pkill -CONT -f 'guest=MySQL'")}`;
  if (kind === 'libvirtd stopped') return `pkill -STOP -x ${daemons}; ${later(`pkill -CONT -x ${daemons}`)}`;
  if (kind === 'libvirtd restarted') return `systemctl --no-block restart libvirtd`;
  if (kind === 'LVM lock held')
    return `flock /run/lock/lvm/V_SSD sleep ${String(seconds)} </dev/null >/dev/null 2>&1 &`;
  return undefined;
}

const once = (what: string): string => `[ -e "$folder/broken" ] || { : >"$folder/broken"; ${what}\n}`;

/** The script of a pause in which something breaks, once. */
export function breakScript(script: string, fault: Fault): string {
  const { kind, what, where } = fault;
  if (where === 'event') {
    const pattern = `${quoteWord(what)}*`;
    // While guests are paused, the script tells nobody: this says at once that the moment has come.
    const hold = `printf '%s moment\\n' "$EPOCHREALTIME" >&9\nsleep ${String(holdSeconds)}`;
    const act = once(action(fault) ?? hold);
    // The line is in the file, and the next thing has not happened yet.
    const watched = `note() { note_it "$@" || return; case "$*" in ${pattern}) ${act} ;; esac; }`;
    return script.replace(/^note\(\) \{$/m, () => `exec 9>&1\n${watched}\nnote_it() {`);
  }
  const [name = '', index = '0'] = what.split(' ');
  const bad = kind === 'hangs' ? 'sleep 3600' : 'echo broken >&2; return 5';
  if (name === 'snapshot' || name === 'flush_host') {
    const call = name === 'snapshot' ? `snapshot_${index}` : name;
    return script.replace(/^case \$\{1-\} in/m, (line) => `${call}() { ${bad}; }\n${line}`);
  }
  const line = kind === 'hangs' ? 'event --all --loop' : 'no-such-command';
  const swap = `[ "$2" != "$\{${name}[${index}]}" ] || [ -e "$folder/broken" ] || { : >"$folder/broken"; set -- "$1" '${line}'; }`;
  return script.replace(/^tell\(\) \{$/m, () => `tell() {\n  ${swap}`);
}
