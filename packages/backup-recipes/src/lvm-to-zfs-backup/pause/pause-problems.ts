import type { PauseEvent } from './pause-log.js';
import type { BackupStep } from '../report/report.js';

/** Something in the log of a pause that went wrong. */
export interface PauseProblem {
  readonly step: BackupStep;
  readonly subject: string;
  readonly message: string;
  readonly fatal: boolean;
}

type Describe = (event: { name: string; rest: string }) => Omit<PauseProblem, 'subject'>;

const fatal = (step: BackupStep, message: string): Omit<PauseProblem, 'subject'> => ({ step, message, fatal: true });
const minor = (step: BackupStep, message: string): Omit<PauseProblem, 'subject'> => ({ step, message, fatal: false });

/** What each word means about a guest. What is not here is no problem. */
const aboutGuests: Readonly<Partial<Record<string, Describe>>> = {
  unanswered: ({ name, rest }) =>
    fatal(
      'suspend',
      `libvirt did not tell the state of ${name} (${rest || 'no answer'}), so no guest was paused: see whether virsh domstate answers, restart libvirtd if not, and run again`,
    ),
  unflushed: ({ name, rest }) =>
    fatal(
      'flush',
      `${name} could not be told to write out its buffers, so its image is as after a loss of power, and its folder is not called complete (${rest}): see why (virsh send-key), and run again`,
    ),
  silent: ({ name }) =>
    fatal(
      'flush',
      `${name} does not answer, so it was not paused, and the volumes with its disks are not backed up: see what its QEMU does (virsh domstate, /var/log/libvirt/qemu), or end it (virsh destroy), and run again`,
    ),
  unmarkable: ({ name, rest }) =>
    fatal(
      'suspend',
      `${name} could not be marked as paused by this run (${rest || 'no answer'}), and was not paused: see whether virsh metadata answers for it, and run again`,
    ),
  'not-running': ({ name, rest }) =>
    rest === 'paused'
      ? minor('suspend', `${name} was paused already, and is left so`)
      : fatal(
          'suspend',
          `${name} was to be paused, and is ${rest || 'in an unknown state'}: run again when it runs or is shut off`,
        ),
  'no-time': ({ name }) =>
    fatal(
      'suspend',
      `${name} was not paused, as the time was over before it was its turn: run with a larger maximumPauseMs, or with fewer guests at once`,
    ),
  refused: ({ name, rest }) => fatal('suspend', `${name} could not be paused: ${rest}`),
  late: ({ name, rest }) =>
    fatal(
      'suspend',
      `${name} was not paused in time (${rest || 'no answer'}): see what its QEMU does (virsh domstate, /var/log/libvirt/qemu), and run again`,
    ),
  moved: ({ name, rest }) =>
    fatal(
      'lvm-snapshot',
      `${name} is ${rest}, and this run has not resumed it: it may not have stood still while the snapshots were made; see who did (journalctl -u libvirtd), and run again`,
    ),
  unknown: ({ name }) =>
    fatal(
      'lvm-snapshot',
      `whether ${name} stood still can't be found out, as nothing answers for it: run again when virsh domstate does`,
    ),
  unresumed: ({ name, rest }) => minor('resume', `${name} was not resumed at the first try: ${rest || 'no answer'}`),
  found: ({ name, rest }) =>
    rest === 'paused'
      ? minor('resume', `${name} was paused still after it was resumed, and was tried again`)
      : fatal(
          'resume',
          `${name} ran before it was paused, and is ${rest} now: see why, and start it (virsh start) if it should run`,
        ),
  gone: ({ name, rest }) =>
    fatal(
      'resume',
      `${name} ran before it was paused, and is ${rest || 'gone'} now: start it (virsh start) if it should run`,
    ),
  foreign: ({ name }) => minor('resume', `${name} was paused again by another run, and is left to that`),
};

const aboutVolumes: Readonly<Partial<Record<string, Describe>>> = {
  unsnapshotted: ({ rest }) =>
    fatal('lvm-snapshot', rest || 'LVM gave no reason: see dmesg and the journal of that time'),
};

const aboutAll: Readonly<Partial<Record<string, Omit<PauseProblem, 'subject'>>>> = {
  'unflushed-host': minor('flush', "the host's own buffers could not be written out within 10 s"),
  'not-ready': fatal(
    'suspend',
    'the host took too long to make ready for the pause, so no guest was paused: run again when it is less busy',
  ),
};

/** What an event of a pause means, if it is a problem. */
export function pauseProblem(
  { index, rest, what }: PauseEvent,
  names: { readonly guests: readonly string[]; readonly volumes: readonly string[]; readonly target: string },
): PauseProblem | undefined {
  const all = aboutAll[what];
  if (all !== undefined) return { ...all, subject: names.target };
  if (index === undefined) return undefined;
  const guest = aboutGuests[what];
  const name = names.guests[index] ?? '';
  if (guest !== undefined) return { ...guest({ name, rest }), subject: name };
  return aboutVolumes[what] && { ...aboutVolumes[what]({ name, rest }), subject: names.volumes[index] ?? '' };
}
