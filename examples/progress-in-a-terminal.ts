// Backs up, and shows how far it is, one line for each copy: npx tsx progress-in-a-terminal.ts as
// root on the hypervisor. (Node 22.18 and later run it without tsx.) From afar:
// QUIESCE_HOST=hypervisor.example.org; it logs in as root, or wrap sshTransport in sudo(…). Where
// it does not write to a terminal, as in a log, it tells each step in a line.
import process from 'node:process';
import {
  exitCodeOf,
  failureNotice,
  formatBytes,
  formatDuration,
  lvmToZfsBackup,
  reportToText,
  type BackupEvent,
} from '@quiesce/backup-recipes';
import { localTransport, sshTransport } from '@quiesce/command';

const { stdout } = process;
/** How far each copy is, and the step that is under way. */
const copies = new Map<string, string>();
let step = '';
let drawn = 0;

/** Draws all lines in place of those of before. */
function draw(): void {
  if (!stdout.isTTY) return;
  const lines = [...copies.entries()].map(([subject, state]) => `${subject.padEnd(28)} ${state}`);
  const shown = [...lines, step].map((line) => line.slice(0, stdout.columns - 1));
  stdout.moveCursor(0, -drawn);
  stdout.cursorTo(0);
  stdout.clearScreenDown();
  stdout.write(shown.map((line) => `${line}\n`).join(''));
  drawn = shown.length;
}

function show(event: BackupEvent): void {
  if (event.type === 'progress') {
    const { bytesPerSecond, percent, subject, transferredBytes } = event;
    const rate = `${formatBytes(bytesPerSecond)}/s`;
    copies.set(subject, `${String(Math.floor(percent)).padStart(3)} %  ${formatBytes(transferredBytes)}  ${rate}`);
  } else if (event.type === 'problem') {
    step = `${event.problem.fatal ? 'failed' : 'warning'}: ${event.problem.message}`;
  } else {
    const { durationMs, state, step: name, subject } = event;
    const came = `${state}${durationMs === undefined ? '' : ` in ${formatDuration(durationMs)}`}`;
    step = `${name} ${subject}: ${came}`;
    // What has not changed is no progress: a copy may end below 100 %.
    if (state === 'finished' && (name === 'copy' || name === 'host-root')) copies.set(subject, came);
    if (!stdout.isTTY) console.log(step);
  }
  draw();
}

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
const host = process.env['QUIESCE_HOST'];
const backup = lvmToZfsBackup({
  domains: ['Server-Tim', 'MySQL'],
  volumes: ['/dev/SSD/images', '/dev/raid5/VM.images'],
  target: 'archives/backups',
  hostRoot: { source: '/etc', folder: 'etc' }, // without this line: the file system of /, with /boot
  transport: host === undefined ? localTransport() : sshTransport({ host }),
});
try {
  const report = await backup.run({ signal: stop.signal, onEvent: show });
  stdout.write(`\n${reportToText(report, { columns: stdout.columns, color: stdout.isTTY })}`);
  process.exitCode = exitCodeOf(report);
} catch (error) {
  console.error(`\n${failureNotice(error)}`);
  process.exitCode = exitCodeOf(error);
}
