import { describe, expect, it } from 'vitest';
import { SimulatedHost, type SimulationOptions } from './simulated-host.js';

const running = 'running (booted)';
const four: SimulationOptions = {
  guests: [
    { state: running, on: [0] },
    { state: running, on: [1] },
    { state: 'paused (user)', on: [0] },
    { state: 'shut off (shutdown)', on: [1] },
  ],
  volumes: ['SSD/images', 'SSD/other'],
};

describe.concurrent('the script of a pause', () => {
  it('pauses the guests that run while the snapshots are made, and tells of it', async () => {
    await using host = await SimulatedHost.create(four);
    expect(await host.service()).toBe(0);
    expect(await host.events()).toEqual([
      'began',
      ...['state 0 running', 'state 1 running', 'state 2 paused', 'state 3 shut off'],
      ...['flushed 0', 'flushed 1', 'flushed-host'],
      ...['marking 0', 'marked 0', 'marking 1', 'marked 1'],
      ...['suspending 0', 'suspended 0', 'suspending 1', 'suspended 1'],
      ...['snapshotting 0', 'snapshotted 0', 'snapshotting 1', 'snapshotted 1'],
      ...['resuming 0', 'resuming 1', 'running 0', 'running 1'],
      ...['unmarked 0', 'unmarked 1'],
      ...['frozen 0', 'frozen 1', 'ended'],
    ]);
    expect(await host.states()).toEqual(['running', 'running', 'paused', 'shut off']);
    expect(await host.marks()).toBe(0);
    expect(await host.processes('virsh')).toEqual([]);
  });

  it('does nothing but the snapshots between the first suspend and the last resume', async () => {
    await using host = await SimulatedHost.create(four);
    await host.service();
    const calls = await host.calls();
    expect(calls.slice(calls.indexOf('mark 0'), calls.indexOf('resume 1') + 1)).toEqual([
      ...['mark 0', 'mark 1', 'domstate 0', 'domstate 1'],
      ...['suspend 0', 'suspend 1'],
      ...['lvconvert SSD/images', 'lvconverted SSD/images', 'lvconvert SSD/other', 'lvconverted SSD/other'],
      ...['resume 0', 'resume 1'],
    ]);
    expect(calls.filter((call) => /^(?:suspend|resume|send-key|mark|unmark) [23]/.test(call))).toEqual([]);
  });

  it('makes the snapshots of several groups side by side', async () => {
    const volumes = ['SSD/images', 'raid5/images'];
    await using host = await SimulatedHost.create({ guests: [{ state: running, on: [0, 1] }], volumes });
    // Each waits until the other has begun.
    const other = (call: string): string => `until grep -q '^lvconvert ${call}$' calls; do sleep 0.05; done`;
    await host.hook('lvconvert.SSD-images', other('raid5/images'));
    await host.hook('lvconvert.raid5-images', other('SSD/images'));
    expect(await host.service()).toBe(0);
    expect(await host.events()).toEqual(expect.arrayContaining(['frozen 0', 'frozen 1', 'ended']));
  });

  it('needs no libvirt where there are no guests', async () => {
    await using host = await SimulatedHost.create({ guests: [], volumes: ['SSD/images'] });
    expect(await host.service()).toBe(0);
    expect(await host.events()).toEqual([
      'began',
      'flushed-host',
      'snapshotting 0',
      'snapshotted 0',
      'frozen 0',
      'ended',
    ]);
    expect(await host.calls()).toEqual(['sync', 'lvconvert SSD/images', 'lvconverted SSD/images']);
  });

  it('makes no snapshot of a volume that was given up before', async () => {
    await using host = await SimulatedHost.create({ ...four, without: [0] });
    expect(await host.service()).toBe(5);
    expect(await host.calls()).not.toContain('lvconvert SSD/images');
    const events = await host.events();
    expect(events).toContain('frozen 1');
    expect(events).not.toContain('frozen 0');
  });

  it('is for once', async () => {
    await using host = await SimulatedHost.create(four);
    await host.service();
    const [calls, events] = [await host.calls(), await host.events()];
    expect(await host.start('run').exitCode).toBe(2);
    await host.end();
    expect([await host.calls(), await host.events()]).toEqual([calls, events]);
  });

  it('does nothing where it was not written whole', async () => {
    await using host = await SimulatedHost.create(four);
    const whole = await host.readScript();
    const last = whole.trimEnd().lastIndexOf('\n') + 1;
    const cuts = Array.from({ length: 60 }, (_, index) => Math.floor((last * index) / 60));
    for (let cut = last; cut < whole.trimEnd().length; cut += 4) cuts.push(cut);
    for (const cut of cuts) {
      await host.writeScript(whole.slice(0, cut));
      await host.start('run').exitCode;
    }
    expect(await host.calls()).toEqual([]);
    expect(await host.events()).toEqual([]);
  });

  it('pauses hundreds of guests, with no command line that grows with them', async () => {
    const guests = Array.from({ length: 400 }, () => ({ state: running, on: [0] }));
    await using host = await SimulatedHost.create({ guests, volumes: ['SSD/images'], maximumPauseMs: 60_000 });
    expect(await host.service()).toBe(0);
    expect((await host.calls()).filter((call) => call.startsWith('suspend '))).toHaveLength(400);
    expect(new Set(await host.states())).toEqual(new Set(['running']));
    expect(await host.marks()).toBe(0);
    const lengths = (await host.readScript()).split('\n').map((line) => line.length);
    expect(Math.max(...lengths)).toBeLessThan(1000);
  }, 180_000);

  it('is not harmed by the names of guests', async () => {
    const name = 'it\'s "$(touch $SIMULATION/harmed)" `touch $SIMULATION/harmed` ; touch $SIMULATION/harmed \\';
    await using host = await SimulatedHost.create({
      guests: [{ state: running, on: [0], name }],
      volumes: ['SSD/images'],
      edit: (script) =>
        script.replace(
          'say began',
          '[ ! -e "$SIMULATION/harmed" ] || say harmed "${names[0]}"; say "named" 0 "${names[0]}"; say began',
        ),
    });
    expect(await host.service()).toBe(0);
    const events = await host.events();
    expect(events).toContain(`named 0 ${name}`);
    expect(events).toContain('frozen 0');
    expect(events.filter((event) => event.startsWith('harmed'))).toEqual([]);
  });
});
