import { deferred, type Deferred } from './deferred.js';
import type { StartedCommand } from './end-process.js';

// The shared connection ends 60 seconds after its last command: see ControlPersist in
// ssh-options.ts.
const persistsMs = 50_000;

/**
 * Knows whether the shared connection stands: the first command makes it, and the others wait for
 * that.
 */
export class Connection {
  private established: Deferred<void> | undefined;
  private running = 0;
  private lastEndedAt = 0;

  /**
   * The promise to wait for before starting a command; undefined for the one that makes the
   * connection.
   */
  pending(): Promise<void> | undefined {
    if (this.running === 0 && performance.now() - this.lastEndedAt > persistsMs) this.reset();
    if (this.established !== undefined) return this.established.promise;
    this.established = deferred();
    return undefined;
  }

  /** Follows a command that uses the connection. */
  use(started: StartedCommand): StartedCommand {
    const established = this.established;
    this.running += 1;
    // Its process id is the first thing that comes over a new connection.
    void started.pid.then((pid) => {
      established?.resolve();
      if (pid === undefined && this.established === established) this.reset();
    });
    const ended = (): void => {
      this.running -= 1;
      this.lastEndedAt = performance.now();
    };
    started.finished.then(ended, ended);
    return started;
  }

  /** The next command makes a new connection. */
  reset(): void {
    this.established?.resolve();
    this.established = undefined;
  }
}
