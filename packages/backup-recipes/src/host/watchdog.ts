import { createCommand, type Command } from '@quiesce/command';

/**
 * Arms a timer of systemd on the host that resumes domains by itself, whatever becomes of us. See systemd-run(1).
 */
export function armWatchdogCommand(options: { unit: string; afterSeconds: number; resume: Command }): Command {
  const { unit, afterSeconds, resume } = options;
  return createCommand(
    'systemd-run',
    [
      '--quiet',
      '--collect',
      `--unit=${unit}`,
      '--description=Resumes guests that a backup paused',
      `--on-active=${String(afterSeconds)}`,
      '--timer-property=AccuracySec=1s',
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
