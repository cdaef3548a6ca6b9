import { rule, type ExitErrorRule } from '@quiesce/command';
import { NoScrubError, ResilverInProgressError, ScrubInProgressError } from '../errors/scan-errors.js';

/** Failures of scrubs and resilvers. */
export const scanRules: readonly ExitErrorRule[] = [
  rule(
    ScrubInProgressError,
    /^cannot (?:pause )?scrub(?:bing)? (?<pool>[^\n]+): (?:currently scrubbing|scrub is paused);/m,
    ['pool'],
  ),
  rule(NoScrubError, /^cannot (?:pause|cancel) scrubbing (?<pool>[^\n]+): there is no active scrub$/m, ['pool']),
  rule(ResilverInProgressError, /^cannot [^\n]*scrub(?:bing)? (?<pool>[^\n]+): currently resilvering$/m, ['pool']),
];
