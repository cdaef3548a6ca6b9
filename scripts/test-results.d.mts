export interface TestCounts {
  /** The file of the tests that are counted. Undefined for what is no test. */
  readonly file?: string;
  /** How many of them ran. Undefined for what is no test. */
  readonly ran?: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly problems: readonly string[];
}

export function readResults(file: string, succeeded: boolean): readonly TestCounts[];

export function errorsFile(file: string): string;

export function failure(problem: string): TestCounts;

export function filesToRunAgain(counts: readonly TestCounts[]): readonly string[];

export function withSecondRun(
  first: readonly TestCounts[],
  again: readonly TestCounts[],
): { readonly counts: readonly TestCounts[]; readonly unstable: readonly string[] };

export function total(counts: readonly TestCounts[]): TestCounts;

export function summary(counts: TestCounts): string;
