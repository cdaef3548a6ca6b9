import { createCommand, run } from '@quiesce/command';
import type { Lab } from './lab.js';

const script = [
  'before=$(wc -c <"$2")',
  'virsh --quiet send-key "$1" KEY_LEFTALT KEY_SYSRQ KEY_S',
  'for attempt in $(seq 60); do',
  '  tail -c "+$((before + 1))" "$2" | grep -q "Emergency Sync complete" && exit',
  '  sleep 1',
  'done',
  'echo "$1 does not say that it has written out its buffers" >&2',
  'exit 1',
].join('\n');

/**
 * Lets the guests write out what they hold, and waits until their consoles say that it is done. The
 * guests of a new lab hold everything that they wrote since they booted.
 */
export async function flushGuests({ transport, guests }: Lab, signal?: AbortSignal): Promise<void> {
  for (const { name, consoleLog } of guests) {
    const command = createCommand('sh', ['-euc', script, 'sh', name, consoleLog], { effect: 'write', stop: 'kill' });
    await run(transport, command, { ...(signal !== undefined && { signal }) });
  }
}
