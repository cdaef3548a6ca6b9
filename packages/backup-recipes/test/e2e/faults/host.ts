import { setTimeout as delay } from 'node:timers/promises';
import { inLab } from '../support.js';

const recorder = 'quiesce-fault-recorder';
const file = `/run/${recorder}.events`;

/**
 * Writes down what libvirt tells of guests, apart from everything else. It comes back when libvirt
 * was away.
 */
export async function startRecorder(): Promise<void> {
  const loop = 'while :; do virsh event --all --loop --timestamp; sleep 0.2; done';
  await inLab(
    `systemctl stop ${recorder} 2>/dev/null; rm -f ${file}; systemd-run --quiet --collect --unit=${recorder} --property=StandardOutput=append:${file} --property=StandardError=null -- stdbuf -oL sh -c '${loop}'`,
  );
  await delay(2000);
}

export async function stopRecorder(): Promise<void> {
  await inLab(`systemctl stop ${recorder}`);
}

/** A domain that is none of the run's business: paused by someone else. */
export async function startBystander(): Promise<void> {
  const machine = "<os><type arch='x86_64' machine='q35'>hvm</type></os><memory unit='MiB'>16</memory>";
  const xml = `<domain type='qemu'><name>bystander</name>${machine}</domain>`;
  await inLab(`echo "${xml}" >/run/bystander.xml; virsh --quiet create --paused /run/bystander.xml`);
}

export async function stopBystander(): Promise<void> {
  await inLab('virsh --quiet destroy bystander');
}

/** The states of the guests, one line each. */
export async function guestStates(): Promise<string> {
  return inLab('for guest in MySQL Server-Tim bystander; do timeout 10 virsh domstate "$guest"; done');
}

/**
 * Starts guests that have ended: under emulation one resets itself now and then, which ends it.
 * Whether any had.
 */
export async function startEnded(): Promise<boolean> {
  const started = await inLab(
    'virsh list --state-shutoff --name | sed "/^$/d" | while read -r name; do virsh --quiet start "$name"; echo "$name"; done',
  );
  // The keyboard is there as soon as the kernel is.
  if (started !== '') await delay(45_000);
  return started !== '';
}

/** Waits until the guests run again, and tells how they are then. */
export async function waitUntilRunning(seconds: number): Promise<string> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    const states = (await guestStates().catch(String)).replaceAll(/\s+/g, ' ');
    if (/^running running paused$|shut off/.test(states) || performance.now() > until) return states;
    await delay(1000);
  }
}

/** Everything of any run that is on the host: volumes, mounts, folders, units, marks, processes. */
export async function traces(): Promise<string> {
  return inLab(
    [
      'lvs --noheadings -o vg_name,lv_name SSD raid5 | awk \'{print $1"/"$2}\' | sort',
      'grep -c /run/backup /proc/mounts',
      'ls -A /run/backup 2>/dev/null',
      "ls -A /run/quiesce 2>/dev/null | grep -v '^holder$'",
      "systemctl list-units --all --plain --no-legend 'quiesce-pause-*' 'quiesce-resume-*'",
      'for guest in MySQL Server-Tim bystander; do virsh dumpxml "$guest" | grep -i "<quiesce:"; done',
      "pgrep -a -x rsync; pgrep -a -x virsh | grep -- ' -c '; true",
    ].join('\n'),
  );
}

const lifecycle =
  /^(?<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3})\+0000: event 'lifecycle' for domain '?(?<name>.+?)'?: (?<what>Suspended|Resumed) /;

/**
 * How long each guest was paused at the longest, in milliseconds, by what libvirt told since the
 * last call.
 */
export async function longestPauses(): Promise<Readonly<Record<string, number>>> {
  const text = await inLab(`cat ${file}; : >${file}`);
  const since = new Map<string, number>();
  const longest: Record<string, number> = {};
  for (const line of text.split('\n')) {
    const { at, name, what } = lifecycle.exec(line)?.groups ?? {};
    if (at === undefined || name === undefined) continue;
    const atMs = Date.parse(`${at.replace(' ', 'T')}Z`);
    if (what === 'Suspended') since.set(name, since.get(name) ?? atMs);
    else if (since.has(name)) {
      longest[name] = Math.max(longest[name] ?? 0, atMs - (since.get(name) ?? atMs));
      since.delete(name);
    }
  }
  return longest;
}
