/** Something that went wrong. What a recipe did went on as far as it could. */
export interface Problem<Step extends string = string> {
  /** What was being done. */
  readonly step: Step;
  /** The domain, volume or dataset that it is about. */
  readonly subject: string;
  /** One line without secrets. */
  readonly message: string;
  /** Name of the error's class. */
  readonly error: string;
  /** False for what does not make the whole a failure. */
  readonly fatal: boolean;
  /** When it was noticed, in milliseconds since the start. */
  readonly startedMs: number;
}

/** A step that is over. */
export interface StepReport<Step extends string = string> {
  readonly step: Step;
  /**
   * The domain, volume or dataset that it was about; several are separated by a comma and a blank.
   */
  readonly subject: string;
  readonly state: 'finished' | 'failed';
  /** When it began, in milliseconds since the start. */
  readonly startedMs: number;
  /** From its start to its end, in milliseconds. */
  readonly durationMs: number;
}

/** A step began or ended. */
export interface StepEvent<Step extends string = string> {
  readonly type: 'step';
  readonly step: Step;
  readonly state: 'started' | 'finished' | 'failed';
  /**
   * The domain, volume or dataset that it is about; several are separated by a comma and a blank.
   */
  readonly subject: string;
  /** When it began, in milliseconds since the start. */
  readonly startedMs: number;
  /** From start to end, in milliseconds. Undefined when it has just begun. */
  readonly durationMs: number | undefined;
}

/** Something went wrong. */
export interface ProblemEvent<Step extends string = string> {
  readonly type: 'problem';
  readonly problem: Problem<Step>;
  /** When it was noticed, in milliseconds since the start. */
  readonly startedMs: number;
}
