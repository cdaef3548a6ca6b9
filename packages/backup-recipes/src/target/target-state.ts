import * as z from 'zod';

/** Which run's data something holds, and whether every byte of it is there. */
export interface HeldRun {
  readonly runId: string;
  readonly complete: boolean;
}

/** What one folder of a target holds. */
export interface FolderState extends HeldRun {
  /** Its name below the target, as `SSD.images`. */
  readonly folder: string;
  /** What it is a copy of: a volume, as `/dev/SSD/images`, or a folder of the host. */
  readonly source: string;
  /**
   * Where that lay on the host: where the volume was mounted, or the folder itself. Undefined where
   * it was not mounted.
   */
  readonly place?: string | undefined;
}

/**
 * What the files of a target say of its data. They lie in the dataset, so they go back with the
 * data when that is rolled back.
 */
export interface TargetState {
  /** The run that wrote last. Undefined where none did. */
  readonly run: HeldRun | undefined;
  readonly folders: readonly FolderState[];
}

const version = 1;

const runSchema = z.object({ version: z.literal(version), run: z.string(), state: z.enum(['complete', 'incomplete']) });
const folderSchema = runSchema.extend({ folder: z.string(), source: z.string(), place: z.string().optional() });

const stateOf = (complete: boolean): 'complete' | 'incomplete' => (complete ? 'complete' : 'incomplete');

/** The text of the file that tells of the run that wrote last. */
export function runStateText({ complete, runId }: HeldRun): string {
  return JSON.stringify({ version, run: runId, state: stateOf(complete) });
}

/** The text of the file that tells of one folder. */
export function folderStateText({ complete, folder, place, runId, source }: FolderState): string {
  return JSON.stringify({ version, folder, source, place, run: runId, state: stateOf(complete) });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * Reads what `readTargetStateCommand` prints. A file that is none of ours, or is broken, says
 * nothing.
 */
export function parseTargetState(stdout: string): TargetState {
  const lines = stdout.split('\n').map(parseLine);
  const folders = lines.flatMap((line): FolderState[] => {
    const { data } = folderSchema.safeParse(line);
    if (data === undefined) return [];
    const { folder, place, run, source, state } = data;
    return [{ folder, source, place, runId: run, complete: state === 'complete' }];
  });
  const runs = lines.flatMap((line): HeldRun[] => {
    const { data } = runSchema.strict().safeParse(line);
    return data === undefined ? [] : [{ runId: data.run, complete: data.state === 'complete' }];
  });
  return { run: runs[0], folders };
}
