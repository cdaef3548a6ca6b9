import { describe, expect, it } from 'vitest';
import { SimulatedHost } from './simulated-host.js';

const running = 'running (booted)';
const note = String.raw`printf '%s\n' "$line" >>"$folder/events"`;
const kill = (when: string): string => `[ "\${${when}-}" != "$*" ] || kill -KILL $$`;

/**
 * Two guests that run, one that someone paused, and one that is off. The script kills itself where
 * it is told to.
 */
function simulate(): Promise<SimulatedHost> {
  return SimulatedHost.create({
    guests: [
      { state: running, on: [0] },
      { state: running, on: [0] },
      { state: 'paused (user)', on: [0] },
      { state: 'shut off (shutdown)', on: [0] },
    ],
    volumes: ['SSD/images', 'SSD/other'],
    edit: (script) =>
      script
        .split(note)
        .join([kill('KILL_BEFORE'), note, kill('KILL_AFTER')].join('\n  '))
        .replace('3500', '50'),
  });
}

const events = [
  ...['began', 'state 0 running', 'flushed 1', 'flushed-host'],
  ...['marking 0', 'marked 0', 'marked 1'],
  ...['suspending 0', 'suspended 0', 'suspending 1', 'suspended 1'],
  ...['snapshotting 0', 'snapshotted 0', 'snapshotted 1'],
  ...['resuming 0', 'resuming 1', 'running 0', 'running 1', 'unmarked 0', 'unmarked 1', 'frozen 0', 'ended'],
];

describe.concurrent('a script that is killed', () => {
  it.each(events.flatMap((event) => ['KILL_BEFORE', 'KILL_AFTER'].map((when) => ({ when, event }))))(
    'leaves no guest paused or marked: $when $event',
    async ({ when, event }) => {
      await using host = await simulate();
      expect(await host.service({ [when]: event })).toBeUndefined();
      expect(await host.states()).toEqual(['running', 'running', 'paused', 'shut off']);
      expect(await host.marks()).toBe(0);
      expect((await host.calls()).filter((call) => /^(?:suspend|resume|mark|unmark) [23]/.test(call))).toEqual([]);
      expect((await host.events()).filter((line) => line === 'ended')).toHaveLength(
        `${when} ${event}` === 'KILL_BEFORE began' ? 0 : 1,
      );
      await host.until(async () => (await host.processes('')).length === 0);
    },
  );

  it('leaves no virsh behind that was told to suspend a guest', async () => {
    await using host = await simulate();
    await host.hook('suspend', 'hang', 0);
    const script = host.start('run');
    await host.until(async () => (await host.calls()).includes('suspend 0'));
    await script.kill('SIGKILL');
    await script.exitCode;
    await host.until(async () => (await host.processes('')).length === 0);
    await host.end();
    await host.until(async () => (await host.events()).includes('ended'));
    expect(await host.states()).toEqual(['running', 'running', 'paused', 'shut off']);
    expect(await host.marks()).toBe(0);
  });

  it('resumes the guests by itself where systemd starts no other service', async () => {
    await using host = await simulate();
    await host.hook('systemd-run', 'false');
    await host.service({ KILL_AFTER: 'suspended 1' });
    expect(await host.states()).toEqual(['running', 'running', 'paused', 'shut off']);
    expect(await host.marks()).toBe(0);
  });
});
