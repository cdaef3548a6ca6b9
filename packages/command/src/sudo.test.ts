import { describe, expect, it } from 'vitest';
import { createCommand } from './create-command.js';
import { ExitError, PrivilegeError, SpawnError } from './errors.js';
import { run } from './run.js';
import { sudo } from './sudo.js';
import { scriptedTransport } from './testing.js';

const command = createCommand('zfs', ['list'], { effect: 'read' });
const failure = (stderr: string): Promise<unknown> =>
  run(sudo(scriptedTransport(() => ({ exitCode: 1, stderr }))), command).catch((error: unknown) => error);

describe('sudo', () => {
  it.each([
    'sudo: a password is required',
    'sudo: a terminal is required to read the password; either use the -S option',
    'sudo: interactive authentication is required',
    'sudo: no tty present and no askpass program specified',
    'sudo: sorry, you must have a tty to run sudo',
    'sudo: sorry, you are not allowed to set the following environment variables: X',
    'sudo: account validation failure, is your account locked?',
    'sudo: unknown user: nobody2',
    'sudo: The "no new privileges" flag is set, which prevents sudo from running as root.',
    'sudo: /usr/bin/sudo must be owned by uid 0 and have the setuid bit set',
    "Sorry, user me is not allowed to execute '/usr/sbin/zfs list' as root on here.",
    'Sorry, user me may not run sudo on here.',
    'me is not in the sudoers file.  This incident will be reported.',
  ])('takes %j for a refusal', async (refusal) => {
    const error = await failure(`sudo: unable to resolve host here: Name or service not known\n${refusal}\n`);
    expect(PrivilegeError.isInstance(error) && !error.started && error.message).toContain(refusal.slice(0, 40));
  });

  it.each([
    'sudo: unable to resolve host here: Name or service not known',
    'sudo: setrlimit(RLIMIT_CORE): Operation not permitted',
    'sudo: unable to send audit message: Operation not permitted',
    'sudo: unable to mkdir /run/sudo/ts: Read-only file system',
  ])('takes the failure after %j for that of the program', async (warning) => {
    const error = await failure(`${warning}\ncannot open 'tank/x': dataset does not exist\n`);
    expect(ExitError.isInstance(error) && error.exitCode).toBe(1);
  });

  it('knows a program that does not exist', async () => {
    expect(SpawnError.isInstance(await failure('sudo: zfs: command not found\n'))).toBe(true);
  });
});
