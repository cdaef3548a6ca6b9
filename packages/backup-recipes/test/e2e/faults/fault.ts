/** Something that breaks at one moment of a run. */
export interface Fault {
  /** What it does, in a word or two. */
  readonly kind:
    | 'node killed'
    | 'link cut'
    | 'connection killed'
    | 'unit killed'
    | 'fails'
    | 'hangs'
    | 'QEMU stopped'
    | 'libvirtd restarted'
    | 'libvirtd stopped'
    | 'LVM lock held';
  /**
   * When: at an event of the pause's script, at a command that the script gives, or at a command of
   * the run.
   */
  readonly where: 'event' | 'script' | 'command';
  /**
   * The event, as `suspending 0`; the command of the script, as `suspend 0`; or the command of the
   * run, as toShell has it.
   */
  readonly what: string;
  /** Which of the commands of the run with that name, from 0. */
  readonly which?: number;
  /** How long, for what comes back. */
  readonly seconds?: number;
}

/** One line for people. */
export function describeFault({ kind, seconds, what, where, which = 0 }: Fault): string {
  const place = { event: 'at', script: 'script:', command: which === 0 ? 'run:' : `run, ${String(which + 1)}:` }[where];
  return `${place} ${what}: ${kind}${seconds === undefined ? '' : ` for ${String(seconds)} s`}`;
}
