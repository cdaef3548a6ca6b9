import { CommandError } from '@quiesce/command';

/**
 * A hook threw, or took longer than `hookMs`. Its reason is the `cause`.
 *
 * Correct the function: its error is the `cause`.
 */
export class HookFailedError extends CommandError {
  static override readonly errorName: string = 'HookFailedError';
  /** Which one, as `before pause`. */
  readonly hook: string;

  constructor(hook: string, cause: unknown) {
    super(`the hook ${hook} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.hook = hook;
  }
}
