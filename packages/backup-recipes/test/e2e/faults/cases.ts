import type { Fault } from './fault.js';

/** What a run that nothing broke consisted of. */
export interface HealthyRun {
  /** What the script of its pause told, without times: `suspending 0`. */
  readonly events: readonly string[];
  /** Its commands by name, and whether they change something. */
  readonly commands: readonly { readonly name: string; readonly writes: boolean }[];
  /** The commands that its script gives: `suspend 0`. */
  readonly given: readonly string[];
}

/** One event of each kind, of the lowest index: volumes are snapshotted at once, in any order. */
function kinds(events: readonly string[]): string[] {
  const lastFirst = [...events].sort((one, other) => indexOf(other) - indexOf(one));
  return [...new Map(lastFirst.map((event) => [event.split(' ')[0], event])).values()];
}

function indexOf(event: string): number {
  return Number(event.split(' ')[1] ?? 0);
}

/**
 * Every fault that can be made of a healthy run: of each event, each command of the script, and
 * each command of the run.
 */
export function allFaults({ commands, events, given }: HealthyRun): Fault[] {
  const at = (what: string, kind: Fault['kind'], seconds?: number): Fault => ({
    ...{ where: 'event', what, kind },
    ...(seconds !== undefined && { seconds }),
  });
  const paused = kinds(events).filter((event) => /^(?:marking|suspend|snapshot|resuming)/.test(event));
  return [
    ...events.map((event) => at(event, 'unit killed')),
    ...kinds(events).flatMap((event) => [
      at(event, 'node killed'),
      at(event, 'connection killed'),
      at(event, 'link cut'),
    ]),
    ...given.flatMap((what): Fault[] => [
      { where: 'script', what, kind: 'fails' },
      { where: 'script', what, kind: 'hangs' },
    ]),
    ...commands.flatMap(({ name, writes }, index): Fault[] => {
      const which = commands.slice(0, index).filter((other) => other.name === name).length;
      const of = (kind: Fault['kind']): Fault => ({ where: 'command', what: name, which, kind });
      const outside = writes ? [of('node killed'), of('connection killed'), of('link cut')] : [];
      return [of('fails'), of('hangs'), ...outside];
    }),
    ...paused.flatMap((event) => [
      at(event, 'QEMU stopped', 20),
      at(event, 'libvirtd restarted'),
      at(event, 'libvirtd stopped', 40),
    ]),
    at('flushed 0', 'libvirtd stopped', 300),
    at('suspending 1', 'libvirtd stopped', 300),
    at('marking 0', 'LVM lock held', 40),
  ];
}

/**
 * A few of them, of different kinds: those that once found something come first. Node is killed in
 * `inside.test.ts`, and what hangs in virsh also in the simulation of the script.
 */
export function someFaults(all: readonly Fault[]): Fault[] {
  const wanted = [
    'event suspending 0 connection killed',
    'event snapshotting 0 QEMU stopped',
    'event suspending 0 unit killed',
    'event snapshotting 0 link cut',
    'script snapshot 0 hangs',
    'event suspended 0 libvirtd stopped',
  ];
  return wanted.map((name) => {
    const fault = all.find(({ kind, what, where }) => `${where} ${what} ${kind}` === name);
    if (fault === undefined) throw new Error(`no such fault can be made of the run: ${name}`);
    return fault;
  });
}
