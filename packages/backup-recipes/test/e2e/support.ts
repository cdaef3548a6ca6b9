import { createCommand, run, type Command } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import type { LvmToZfsBackupOptions } from '../../src/index.js';

/** The documented procedure's own settings, with a small part of the host in place of all of it. */
export const documented: LvmToZfsBackupOptions = {
  domains: ['Server-Tim', 'MySQL'],
  volumes: ['/dev/SSD/images', '/dev/raid5/VM.images'],
  target: 'archives/backups',
  hostRoot: { source: '/etc/default' },
};

/** Whether a command copies something for a run. */
export function isCopy({ args }: Command): boolean {
  return args.includes('--scope') && args.includes('rsync');
}

/** Runs a script in the lab and returns what it printed. */
export async function inLab(script: string): Promise<string> {
  const { stdout } = await run(labTransport(), createCommand('sh', ['-c', script], { effect: 'write', stop: 'kill' }));
  return stdout.trim();
}

/** Everything that a run could leave on the host. */
export async function hostState(): Promise<
  Record<'running' | 'volumes' | 'mounts' | 'folders' | 'units' | 'marks' | 'copies', string>
> {
  const questions = {
    running: "virsh list --state-running --name | sed '/^$/d' | sort",
    volumes: 'lvs --noheadings -o vg_name,lv_name SSD raid5 | awk \'{print $1"/"$2}\' | sort',
    mounts: 'grep -c /run/backup /proc/mounts',
    folders: "ls -A /run/backup /run/quiesce 2>/dev/null | grep -v -e '^holder$' -e ':$' -e '^$'",
    units:
      "systemctl list-units --all --plain --no-legend 'quiesce-pause-*' 'quiesce-resume-*' 'quiesce-copy-*' | sed '/^$/d'",
    marks: 'for guest in MySQL Server-Tim; do virsh dumpxml "$guest" | grep "<quiesce:"; done',
    copies: 'pgrep -c -x rsync',
  };
  const script = Object.values(questions)
    .map((question) => `(${question}); echo =====`)
    .join('\n');
  const answers = (await inLab(script)).split('=====').map((answer) => answer.trim());
  return Object.fromEntries(Object.keys(questions).map((name, index) => [name, answers[index]])) as Awaited<
    ReturnType<typeof hostState>
  >;
}

/** How the host looks where nothing is left of any run. */
export const cleanHost: Awaited<ReturnType<typeof hostState>> = {
  running: 'MySQL\nServer-Tim',
  volumes: 'SSD/images\nraid5/VM.images',
  mounts: '0',
  folders: '',
  units: '',
  marks: '',
  copies: '0',
};
