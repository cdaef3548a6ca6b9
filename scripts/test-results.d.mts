export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly problems: readonly string[];
}

export function readResults(file: string, succeeded: boolean): TestCounts;

export function failure(problem: string): TestCounts;

export function total(runs: readonly TestCounts[]): TestCounts;

export function summary(counts: TestCounts): string;
