import { createCommand, type Command } from '@quiesce/command';

/**
 * Arms a timer of systemd on the host that resumes domains by itself, whatever becomes of us: once after each of the times,
 * since libvirt may not be there just then. See systemd-run(1).
 */
export function armWatchdogCommand(options: {
  unit: string;
  afterSeconds: readonly number[];
  resume: Command;
}): Command {
  const { unit, afterSeconds, resume } = options;
  return createCommand(
    'systemd-run',
    [
      '--quiet',
      '--collect',
      `--unit=${unit}`,
      '--description=Resumes guests that a backup paused',
      ...afterSeconds.map((seconds) => `--on-active=${String(seconds)}`),
      '--timer-property=AccuracySec=1s',
      // One that hangs would keep the next from being started.
      '--property=RuntimeMaxSec=30',
      '--',
      resume.file,
      ...resume.args,
    ],
    { effect: 'write' },
  );
}

/** Takes the timer away. See systemctl(1). */
export function disarmWatchdogCommand(options: { unit: string }): Command {
  return createCommand('systemctl', ['stop', `${options.unit}.timer`], { effect: 'write' });
}
