import { createCommand, type Command } from '@quiesce/command';

/** One mounted file system. */
export interface Mount {
  /** What is mounted: a device, a dataset, or a word. */
  readonly source: string;
  /** Where. */
  readonly target: string;
  readonly type: string;
}

/** Lists what is mounted, in the order in which it was. See proc_pid_mounts(5). */
export function mountsCommand(): Command {
  return createCommand('cat', ['/proc/self/mounts'], { effect: 'read' });
}

/** Blanks and line breaks stand as their octal numbers. */
function plain(word: string): string {
  return word.replaceAll(/\\(?<octal>[0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** Reads what {@link mountsCommand} prints. */
export function parseMounts(stdout: string): Mount[] {
  return stdout.split('\n').flatMap((line) => {
    const [source, target, type] = line.split(' ');
    if (source === undefined || target === undefined || type === undefined) return [];
    return [{ source: plain(source), target: plain(target), type }];
  });
}
