import { setTimeout as delay } from 'node:timers/promises';
import { createCommand, run, type Command, type Transport } from '@quiesce/command';
import { parsePauses, type Pauses } from './parse-pauses.js';

const unit = 'quiesce-bench-recorder';
const file = `/run/${unit}.events`;
const canary = 'quiesce-bench-canary';
const canaryXml = `<domain type='qemu'><name>${canary}</name><memory>1024</memory><os><type>hvm</type></os></domain>`;

const write = (program: string, args: readonly string[], stdin?: string): Command =>
  createCommand(program, args, { effect: 'write', ...(stdin !== undefined && { stdin }) });

/**
 * Writes down libvirt's events inside the lab, apart from both sides: they neither start it nor
 * know of it.
 */
export interface PauseRecorder {
  /** Ends it and returns how long each domain was paused since it began. */
  finish(): Promise<Pauses>;
}

/** Starts a recorder and returns when it is seen to record. */
export async function startPauseRecorder(transport: Transport, signal: AbortSignal): Promise<PauseRecorder> {
  const record = ['stdbuf', '-oL', 'virsh', 'event', '--all', '--loop', '--timestamp'];
  const service = ['--quiet', '--collect', `--unit=${unit}`, `--property=StandardOutput=truncate:${file}`];
  await run(transport, write('systemd-run', [...service, '--', ...record]), { signal });
  await seen(transport, signal);
  return {
    finish: async () => {
      // The last event may still be on its way to the file.
      await delay(1000, undefined, { signal });
      const { stdout } = await run(transport, createCommand('cat', [file], { effect: 'read' }), { signal });
      await run(transport, write('systemctl', ['stop', unit]), { signal });
      return parsePauses(stdout);
    },
  };
}

/** A domain that is defined and never started makes an event that can't be taken for a guest's. */
async function seen(transport: Transport, signal: AbortSignal): Promise<void> {
  const read = createCommand('grep', ['-q', '-s', canary, file], { effect: 'read' });
  for (let attempt = 0; attempt < 30; attempt += 1) {
    await run(transport, write('virsh', ['define', '/dev/stdin'], canaryXml), { signal });
    await run(transport, write('virsh', ['undefine', canary]), { signal });
    const { exitCode } = await run(transport, read, { successCodes: [0, 1, 2], signal });
    if (exitCode === 0) return;
    await delay(500, undefined, { signal });
  }
  throw new Error('the recorder of events does not record');
}
