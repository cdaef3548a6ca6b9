import type { PreflightProblem } from '../preflight-error.js';

// What neither a line of sudoers nor the name of a file would read in another way.
const plainUser = /^[a-z_][a-z0-9_-]{0,31}$/;

/** What is wrong with a user that gets rights. */
export function* userProblems(user: string): Generator<PreflightProblem> {
  if (plainUser.test(user) && user !== 'root') return;
  const problem = 'not a plain user: give 1 to 32 of a-z, 0-9, _ and -, no digit or - first, and not root';
  yield { option: 'user', value: user, problem };
}
