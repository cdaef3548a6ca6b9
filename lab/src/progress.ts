/** Something that happened while a lab was made or started. */
export interface ProgressEvent {
  readonly kind: 'started' | 'detail' | 'finished' | 'failed';
  /** The step it belongs to, for people. */
  readonly step: string;
  /** Only with `detail`: a line from inside the step. */
  readonly detail?: string;
  /** Milliseconds since the step started. */
  readonly elapsedMs: number;
}

/** Is told what happens. */
export type OnProgress = (event: ProgressEvent) => void;

/** Tells a line from inside a step. */
export type OnDetail = (detail: string) => void;

/** Runs a step, and tells when it starts, what it says and how it ends. */
export async function inStep<Result>(
  onProgress: OnProgress | undefined,
  step: string,
  work: (onDetail: OnDetail) => Promise<Result>,
): Promise<Result> {
  const startedAt = performance.now();
  const tell = (kind: ProgressEvent['kind'], detail?: string): void =>
    onProgress?.({ kind, step, elapsedMs: performance.now() - startedAt, ...(detail !== undefined && { detail }) });
  tell('started');
  try {
    const result = await work((detail) => tell('detail', detail));
    tell('finished');
    return result;
  } catch (error) {
    tell('failed');
    throw error;
  }
}

/**
 * Runs a step that may fail without stopping anything else: why it failed is told.
 *
 * @returns whether it went well.
 */
export async function tryStep(
  onProgress: OnProgress | undefined,
  step: string,
  work: () => Promise<unknown>,
): Promise<boolean> {
  const said = async (onDetail: OnDetail): Promise<void> => {
    try {
      await work();
    } catch (error) {
      onDetail(error instanceof Error ? error.message : String(error));
      throw error;
    }
  };
  return inStep(onProgress, step, said).then(
    () => true,
    () => false,
  );
}
