import { createCommand, type CallOptions, type Command } from '@quiesce/command';
import type { Zfs } from '@quiesce/zfs';

/** Which run's data a target holds. It is kept in user properties of the dataset, so that any machine can read it. */
export interface Provenance {
  /** Undefined where no run of ours ever wrote there. */
  readonly runId: string | undefined;
  /** Whether every byte of that run is in it. Undefined where there was none. */
  readonly complete: boolean | undefined;
}

const runProperty = 'quiesce:run';
const stateProperty = 'quiesce:state';

/** The properties that say this. */
export function provenanceProperties(provenance: { runId: string; complete: boolean }): Record<string, string> {
  return { [runProperty]: provenance.runId, [stateProperty]: provenance.complete ? 'complete' : 'incomplete' };
}

/**
 * The properties for a snapshot of what a target holds now. A snapshot would inherit the dataset's own, which go on
 * changing, so it gets copies.
 */
export function snapshotProperties({ runId, complete }: Provenance): Record<string, string> {
  return runId === undefined
    ? { [runProperty]: 'none', [stateProperty]: 'none' }
    : provenanceProperties({ runId, complete: complete === true });
}

/** Reads which run's data a dataset holds. */
export async function readProvenance(zfs: Zfs, dataset: string, call: CallOptions): Promise<Provenance> {
  const properties = await zfs.get({ ...call, datasets: [dataset], properties: [runProperty, stateProperty] });
  // What is inherited was said of another dataset.
  const own = new Map(
    properties.filter(({ source }) => source === 'local').map(({ property, value }) => [property, value]),
  );
  const runId = own.get(runProperty);
  return { runId, complete: runId === undefined ? undefined : own.get(stateProperty) === 'complete' };
}

/** Asks for the values of the properties alone, of those that were set on the dataset itself: for a script to compare. */
export function readProvenanceCommand(dataset: string): Command {
  const words = ['get', '-H', '-s', 'local', '-o', 'value', '--', `${runProperty},${stateProperty}`, dataset];
  return createCommand('zfs', words, { effect: 'read' });
}

/** The lines that {@link readProvenanceCommand} prints. */
export function provenanceValues({ runId, complete }: Provenance): string[] {
  return runId === undefined ? [] : Object.values(provenanceProperties({ runId, complete: complete === true }));
}
