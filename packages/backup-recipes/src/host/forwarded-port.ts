import { createCommand, type Command } from '@quiesce/command';
import { bootName } from '../boot-test/names.js';

/**
 * Tells which port of the host leads to that of the guest of a boot test. See virsh(1),
 * `qemu-monitor-command`.
 */
export function forwardedPortCommand({ runId }: { runId: string }): Command {
  const words = [`--domain=${bootName(runId)}`, '--hmp', '--', 'info usernet'];
  return createCommand('virsh', ['qemu-monitor-command', ...words], { effect: 'read' });
}

/** Reads what {@link forwardedPortCommand} prints. Undefined while there is no such port. */
export function parseForwardedPort(stdout: string): number | undefined {
  const { port } = /TCP\[HOST_FORWARD\]\s+\d+\s+127\.0\.0\.1\s+(?<port>\d+)\s/.exec(stdout)?.groups ?? {};
  return port === undefined ? undefined : Number(port);
}

/**
 * Connects to a port of the host, sends a text, and prints what comes in so many seconds. See
 * bash(1).
 */
export function askPortCommand(options: { port: number; send: string; seconds: number }): Command {
  const { port, seconds, send } = options;
  // dd hands on what comes as it comes, and ends after so many parts.
  const script = [
    'exec 3<>"/dev/tcp/127.0.0.1/$1"',
    'printf %s "$2" >&3',
    'exec timeout "$3" dd bs=4096 count=4096 status=none <&3',
  ].join(' && ');
  return createCommand('bash', ['-c', script, 'bash', String(port), send, String(seconds)], { effect: 'read' });
}
