import { parseArgs } from 'node:util';
import { defaultRelease, isRelease, releases, type Release } from '@quiesce/lab';

/** A command line of the demo, understood. */
export interface DemoCommandLine {
  readonly release: Release;
  /** File that the reports are written to. */
  readonly json: string | undefined;
  /** File that the report of the last run is written to, as a page. */
  readonly report: string;
}

/** How it is used. */
export function usage(): string {
  return `usage: npm run demo [-- [--json FILE] [--report FILE] [--release ${releases.join('|')}]]

  --json FILE        writes the reports of both runs, and what the restored image was found to be, to a file
  --report FILE      writes the report of the last run to a file, as a page (default: demo-report.html)
  --release RELEASE  the Debian release of the lab (default: ${defaultRelease})
`;
}

/** The words can't be understood. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}

/**
 * Understands the words after `npm run demo --`.
 *
 * @throws {@link UsageError}
 */
export function parseCommandLine(words: readonly string[]): DemoCommandLine {
  const { release = defaultRelease, json, report = 'demo-report.html' } = parse(words);
  if (!isRelease(release)) throw new UsageError(`--release ${release}: one of ${releases.join(', ')}`);
  return { release, json, report };
}

function parse(words: readonly string[]): { release?: string; json?: string; report?: string } {
  const option = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...words], options: { release: option, json: option, report: option } }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
