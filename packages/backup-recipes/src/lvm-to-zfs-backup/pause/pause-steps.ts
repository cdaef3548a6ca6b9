import type { BegunStep, Journal } from '../../journal.js';
import type { BackupStep } from '../report/report.js';
import type { PauseEvent } from './pause-log.js';

interface Names {
  readonly guests: readonly string[];
  readonly volumes: readonly string[];
}

/**
 * Tells a journal of the steps that the unit of a pause goes through, with the times of the host.
 */
export class PauseSteps {
  private readonly open = new Map<string, BegunStep>();
  private readonly paused = new Set<number>();

  constructor(
    private readonly journal: Journal<BackupStep>,
    private readonly names: Names,
    /** Milliseconds since the start of the run, of a moment of the host's clock. */
    private readonly sinceStart: (atMs: number) => number,
  ) {}

  private begin(step: BackupStep, subject: string, atMs: number): void {
    if (this.open.has(`${step} ${subject}`)) return;
    this.open.set(`${step} ${subject}`, this.journal.begin(step, subject, this.sinceStart(atMs)));
  }

  private end(step: BackupStep, state: 'finished' | 'failed', atMs: number, subject?: string): void {
    for (const [key, begun] of this.open) {
      if (subject === undefined ? !key.startsWith(`${step} `) : key !== `${step} ${subject}`) continue;
      begun.end(state, this.sinceStart(atMs));
      this.open.delete(key);
    }
  }

  /** Takes the next event. */
  push({ atMs, index, what }: PauseEvent): void {
    const guests = this.names.guests.join(', ');
    const volume = this.names.volumes[index ?? 0] ?? '';
    if (what === 'began') this.begin('flush', guests || 'the host', atMs);
    else if (what === 'flushed-host' || what === 'unflushed-host') this.end('flush', 'finished', atMs);
    else if (what === 'suspending') this.begin('suspend', guests, atMs);
    else if (what === 'snapshotting') {
      this.end('suspend', 'finished', atMs);
      this.begin('lvm-snapshot', volume, atMs);
    } else if (what === 'snapshotted') this.end('lvm-snapshot', 'finished', atMs, volume);
    else if (what === 'unsnapshotted') this.end('lvm-snapshot', 'failed', atMs, volume);
    else if (what === 'over') this.end('lvm-snapshot', 'failed', atMs);
    else if (what === 'resuming') {
      this.end('suspend', 'failed', atMs);
      this.begin('resume', guests, atMs);
      if (index !== undefined) this.paused.add(index);
    } else if (what === 'running' || what === 'gone' || what === 'foreign') {
      if (index !== undefined) this.paused.delete(index);
      if (this.paused.size === 0) this.end('resume', 'finished', atMs);
    }
  }

  /** Ends what is open still, which nobody will end any more. */
  finish(atMs: number): void {
    for (const begun of this.open.values()) begun.end('failed', this.sinceStart(atMs));
    this.open.clear();
  }
}
