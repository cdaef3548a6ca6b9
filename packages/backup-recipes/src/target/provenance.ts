import { createCommand, type Command } from '@quiesce/command';
import type { Property } from '@quiesce/zfs';
import type { TargetState } from './target-state.js';
import { parseVerified, verifiedProperty } from './verified.js';

/** Which run's data a target holds. */
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
 * The properties for a snapshot of what a target holds now. A snapshot would inherit the dataset's
 * own, which go on changing, so it gets copies.
 *
 * @param verified - What the dataset says of when it was compared with its checksums.
 */
export function snapshotProperties({ runId, complete }: Provenance, verified?: string): Record<string, string> {
  if (runId === undefined) return { [runProperty]: 'none', [stateProperty]: 'none' };
  const isSame = parseVerified(verified, runId) !== undefined;
  return {
    ...provenanceProperties({ runId, complete: complete === true }),
    ...(isSame && verified !== undefined && { [verifiedProperty]: verified }),
  };
}

/**
 * The properties that tell which run wrote to a dataset last. Any machine can read them, mounted or
 * not.
 */
export const provenancePropertyNames: readonly string[] = [runProperty, stateProperty];

/**
 * What a property says of the dataset itself, also where it came with the dataset from another
 * pool. Undefined where it is inherited: that was said of another dataset.
 */
export function saidHere(properties: Readonly<Record<string, Property>>, name: string): string | undefined {
  const property = properties[name];
  return property?.source === 'local' || property?.source === 'received' ? property.text : undefined;
}

/** Reads what the properties of a dataset say. */
export function readProvenance(properties: Readonly<Record<string, Property>>): Provenance {
  const runId = saidHere(properties, runProperty);
  return { runId, complete: runId === undefined ? undefined : saidHere(properties, stateProperty) === 'complete' };
}

/**
 * Asks for the values of the properties alone, of those that were set on the dataset itself: for a
 * script to compare.
 */
export function readProvenanceCommand(dataset: string): Command {
  const words = ['get', '-H', '-s', 'local,received', '-o', 'value', '--', `${runProperty},${stateProperty}`, dataset];
  return createCommand('zfs', words, { effect: 'read' });
}

/** The lines that {@link readProvenanceCommand} prints. */
export function provenanceValues({ runId, complete }: Provenance): string[] {
  return runId === undefined ? [] : Object.values(provenanceProperties({ runId, complete: complete === true }));
}

/** What a target holds, by all that is known. */
export interface TargetProvenance extends Provenance {
  /**
   * The run that the properties name, where the data are those of another one: the target was
   * rolled back, which leaves its properties as they are, or that run ended before it wrote.
   */
  readonly namedInstead: string | undefined;
}

/**
 * What a target holds, by its properties and the files in it. The files go with the data. It is
 * complete only where both say so, and every folder too.
 */
export function provenanceOf(properties: Provenance, { folders, run }: TargetState): TargetProvenance {
  if (run === undefined) {
    const { runId } = properties;
    return { runId, complete: runId === undefined ? undefined : false, namedInstead: undefined };
  }
  const isSame = run.runId === properties.runId;
  const agree = !isSame || properties.complete === true;
  return {
    runId: run.runId,
    complete: run.complete && agree && folders.every(({ complete }) => complete),
    namedInstead: isSame ? undefined : properties.runId,
  };
}

/** What is worth knowing of it. */
export function provenanceWarnings(
  { target }: { readonly target: string },
  { namedInstead, runId }: TargetProvenance,
): { readonly subject: string; readonly message: string }[] {
  if (namedInstead === undefined) return [];
  const why = 'it was rolled back, or that run ended before it wrote; its files are right, and this run sets both';
  return [
    { subject: target, message: `it holds run ${runId ?? ''} and not ${namedInstead}, as its properties say: ${why}` },
  ];
}
