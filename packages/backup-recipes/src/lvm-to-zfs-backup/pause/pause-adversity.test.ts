import { describe, expect, it } from 'vitest';
import { SimulatedHost, uuidOf, type SimulationOptions } from './simulated-host.js';

const running = 'running (booted)';

/** Guests with a disk each, on a volume of its own. */
async function guests(count: number, changed: Partial<SimulationOptions> = {}): Promise<SimulatedHost> {
  const numbers = Array.from({ length: count }, (_, index) => index);
  return SimulatedHost.create({
    guests: numbers.map((volume) => ({ state: running, on: [volume] })),
    volumes: numbers.map((number) => `group${String(number)}/images`),
    maximumPauseMs: 9000,
    ...changed,
  });
}

const frozen = async (host: SimulatedHost): Promise<string[]> =>
  (await host.events()).filter((event) => event.startsWith('frozen'));

// Orders of events that a reader of the script thought of, and that it once got wrong.
describe.concurrent('a pause', () => {
  it('does not call a volume frozen whose guest was started meanwhile, although another is slow to resume', async () => {
    const off = { state: 'shut off (shutdown)', on: [1] };
    await using host = await guests(2, { guests: [{ state: running, on: [0] }, off] });
    await host.hook('lvconvert.group1-images', `echo '${running}' >guests/${uuidOf(1)}`);
    await host.hook('resume', '[ -e once ] || { : >once; hang; }', 0);
    expect(await host.service()).toBe(4);
    expect(await frozen(host)).toEqual(['frozen 0']);
    expect(await host.events()).toContain('moved 1 running');
  });

  it('does not call a volume frozen whose guest nobody could ask about', async () => {
    await using host = await guests(3);
    await host.hook('lvconvert.group2-images', `echo 'running (unpaused)' >guests/${uuidOf(2)}`);
    await host.hook('resume', '[ -e once ] || { : >once; hang; }', 1);
    await host.hook('domstate', '[ ! -e once ] || [ -e twice ] || { : >twice; hang; }', 0);
    expect(await host.service()).toBe(4);
    expect(await frozen(host)).not.toContain('frozen 2');
  });

  it('resumes the others by itself where one does not answer, and leaves those behind a second', async () => {
    await using host = await guests(4);
    for (const guest of [0, 2])
      await host.hook('resume', `[ -e once${String(guest)} ] || { : >once${String(guest)}; hang; }`, guest);
    expect(await host.service()).toBe(4);
    const events = await host.events();
    const byItself = events.slice(0, events.indexOf('handed-over'));
    expect(byItself.filter((event) => event.startsWith('running'))).toEqual(['running 1']);
    expect(byItself).not.toContain('resuming 3');
    expect(await host.states()).toEqual(['running', 'running', 'running', 'running']);
    expect(await host.marks()).toBe(0);
  });

  it('leaves a guest to whoever paused it while another was slow to be paused', async () => {
    await using host = await guests(2);
    await host.hook('suspend', `echo 'paused (user)' >guests/${uuidOf(1)}; sleep 1`, 0);
    await host.service();
    expect(await host.events()).toContain('not-running 1 paused');
    expect(await host.calls()).not.toContain('resume 1');
    expect(await host.states()).toEqual(['running', 'paused']);
    expect(await host.marks()).toBe(0);
  });

  it('does not take a guest for gone because libvirt has just gone', async () => {
    await using host = await guests(2);
    const lost = `complain "Disconnected from qemu:///system due to end of file" "failed to get domain '$uuid'"`;
    await host.hook('domstate', `[ ! -e once ] || [ -e failed ] || { : >failed; ${lost}; }`, 0);
    await host.hook('lvconvert.group0-images', 'sleep 3');
    const script = host.start('run');
    await host.until(async () => (await host.events()).includes('snapshotting 0'));
    await script.kill('SIGTERM');
    await script.exitCode;
    await host.hook('resume', '[ -e once ] || { : >once; hang; }', 0);
    await host.end();
    await host.until(async () => (await host.events()).includes('ended'));
    expect(await host.states()).toEqual(['running', 'running']);
    expect((await host.events()).filter((event) => event.startsWith('gone'))).toEqual([]);
    expect(await host.marks()).toBe(0);
  });

  it('leaves no mark behind that it could not be sure of', async () => {
    await using host = await guests(2);
    await host.hook('mark', `printf 'error: Reconnected to the hypervisor\\n' >&2`, 0);
    expect(await host.service()).toBe(0);
    expect(await host.marks()).toBe(0);
  });

  it('pauses nobody whom it could not note', async () => {
    const edit = (script: string): string => script.replace('>>"$folder/events"', '>>/dev/full');
    await using host = await guests(2, { edit });
    await host.start('run').exitCode;
    expect(await host.states()).toEqual(['running', 'running']);
    expect(await host.calls()).not.toContain('suspend 0');
    expect(await host.marks()).toBe(0);
  });

  it('does not wait for whoever follows and does not read, while guests are paused', async () => {
    // More events than a pipe holds.
    await using host = await guests(60);
    host.start('run', {}, 'unread');
    await host.until(async () => (await host.events()).includes('ended'));
    expect(new Set(await host.states())).toEqual(new Set(['running']));
    expect(await host.marks()).toBe(0);
  });
});
