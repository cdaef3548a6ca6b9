import { describe, expect, it } from 'vitest';
import { SimulatedHost, uuidOf, type SimulationOptions } from './simulated-host.js';

const running = 'running (booted)';
const hangUntilReleased = 'until [ -e release ]; do sleep 0.05; done';

/** Two guests, each on a volume of a group of its own. */
function twoGuests(changed: Partial<SimulationOptions> = {}): Promise<SimulatedHost> {
  const guests = [0, 1].map((volume) => ({ state: running, on: [volume] }));
  return SimulatedHost.create({ guests, volumes: ['SSD/images', 'raid5/images'], maximumPauseMs: 9000, ...changed });
}

async function frozen(host: SimulatedHost): Promise<string[]> {
  return (await host.events()).filter((event) => event.startsWith('frozen'));
}

/** All is as before. */
async function expectAllRun(host: SimulatedHost): Promise<void> {
  expect(new Set(await host.states())).toEqual(new Set(['running']));
  expect(await host.marks()).toBe(0);
  expect(await host.events()).toContain('ended');
  await host.until(async () => (await host.processes('virsh')).length === 0);
}

describe.concurrent('a pause in which a guest', () => {
  it('is paused by someone else before it comes to that, leaves it so', async () => {
    await using host = await twoGuests();
    await host.hook('sync', `echo 'paused (user)' >guests/${uuidOf(0)}`);
    expect(await host.service()).toBe(0);
    expect(await host.events()).toContain('not-running 0 paused');
    expect(await host.states()).toEqual(['paused', 'running']);
    expect(await host.calls()).not.toContain('resume 0');
    expect(await host.marks()).toBe(0);
    expect(await frozen(host)).toEqual(['frozen 0', 'frozen 1']);
  });

  it('can not be paused, lets the others go on', async () => {
    await using host = await twoGuests();
    await host.hook('suspend', "complain 'Failed to suspend' 'Requested operation is not valid: it is migrated'", 0);
    expect(await host.service()).toBe(5);
    expect(await host.events()).toContain(
      'refused 0 Failed to suspend Requested operation is not valid: it is migrated',
    );
    expect(await frozen(host)).toEqual(['frozen 1']);
    expect(await host.calls()).not.toContain('resume 0');
    await expectAllRun(host);
  });

  it('does not answer to the suspend, kills that and watches that it does not come after all', async () => {
    await using host = await twoGuests({ edit: (script) => script.replace('3500', '100') });
    await host.hook('suspend', 'hang', 0);
    expect(await host.service()).toBe(4);
    expect(await host.events()).toEqual(expect.arrayContaining(['late 0', 'handed-over', 'running 0', 'running 1']));
    expect(await host.calls()).toContain('systemd-run');
    expect(await frozen(host)).toEqual(['frozen 1']);
    await expectAllRun(host);
  });

  it('does not answer to the flush, never pauses it', async () => {
    await using host = await twoGuests();
    await host.hook('send-key', 'hang', 0);
    expect(await host.service()).toBe(5);
    expect(await host.events()).toContain('silent 0');
    expect(await host.calls()).not.toContain('suspend 0');
    expect(await frozen(host)).toEqual(['frozen 1']);
    await expectAllRun(host);
  });

  it('has no keyboard, pauses it all the same', async () => {
    await using host = await twoGuests();
    await host.hook('send-key', "complain 'Failed to send key'", 0);
    expect(await host.service()).toBe(0);
    expect(await host.events()).toContain('unflushed 0 Failed to send key');
    await expectAllRun(host);
  });

  it('is the only one and does not answer to the flush, pauses nobody', async () => {
    await using host = await twoGuests({ guests: [{ state: running, on: [0, 1] }] });
    await host.hook('send-key', 'hang');
    expect(await host.service()).toBe(3);
    expect(await host.calls()).not.toContain('suspend 0');
    expect(await frozen(host)).toEqual([]);
    await expectAllRun(host);
  });

  it('can not be marked, does not pause it', async () => {
    await using host = await twoGuests();
    await host.hook('mark', "complain 'no metadata'", 0);
    expect(await host.service()).toBe(5);
    expect(await host.events()).toContain('unmarkable 0 no metadata');
    expect(await host.calls()).not.toContain('suspend 0');
    expect(await frozen(host)).toEqual(['frozen 1']);
    await expectAllRun(host);
  });

  it('does not tell its state, pauses nobody', async () => {
    await using host = await twoGuests({ edit: (script) => script.replace('limit=1500', 'limit=100') });
    await host.hook('domstate', 'hang', 1);
    expect(await host.service()).toBe(3);
    expect(await host.events()).toContain('unanswered 1');
    expect((await host.calls()).filter((call) => /^(?:suspend|mark|send-key|lvconvert)/.test(call))).toEqual([]);
    await expectAllRun(host);
  });

  it('is resumed by someone else, does not call its volumes frozen', async () => {
    await using host = await twoGuests();
    await host.hook('lvconvert.raid5-images', `echo 'running (unpaused)' >guests/${uuidOf(0)}`);
    expect(await host.service()).toBe(5);
    expect(await host.events()).toContain('moved 0 running');
    expect(await frozen(host)).toEqual(['frozen 1']);
    await expectAllRun(host);
  });

  it('that was shut off is started by someone else, does not call its volumes frozen', async () => {
    const guests = [
      { state: 'shut off (shutdown)', on: [0] },
      { state: running, on: [1] },
    ];
    await using host = await twoGuests({ guests });
    await host.hook('lvconvert.SSD-images', `echo '${running}' >guests/${uuidOf(0)}`);
    expect(await host.service()).toBe(5);
    expect(await host.events()).toContain('moved 0 running');
    expect(await frozen(host)).toEqual(['frozen 1']);
    await expectAllRun(host);
  });

  it('is destroyed, does not say that it runs', async () => {
    await using host = await twoGuests();
    await host.hook('lvconvert.SSD-images', `echo 'shut off (destroyed)' >guests/${uuidOf(0)}`);
    await host.service();
    const events = await host.events();
    expect(events).toContain('found 0 shut off');
    expect(events).not.toContain('running 0');
    expect(events).toContain('ended');
    expect(await host.states()).toEqual(['shut off', 'running']);
  });

  it('does not answer to the resume, lets the others not wait for it', async () => {
    const guests = [0, 1, 1].map((volume) => ({ state: running, on: [volume] }));
    await using host = await twoGuests({ guests, edit: (script) => script.replaceAll('alone 45', 'alone 1') });
    await host.hook('resume', '[ -e release ] || hang', 0);
    expect(await host.start('run').exitCode).toBe(4);
    await host.end();
    await host.until(async () => (await host.events()).filter((event) => /^unmarked [12]$/.test(event)).length === 2);
    expect(await host.states()).toEqual(['paused', 'running', 'running']);
    await host.touch('release');
    await host.until(async () => (await host.events()).includes('ended'));
    expect(await frozen(host)).toEqual(['frozen 0', 'frozen 1']);
    await expectAllRun(host);
  });
});

describe.concurrent('a pause in which', () => {
  it('libvirt dies resumes the guests when it is back', async () => {
    await using host = await twoGuests();
    await host.hook('resume', '[ -e back ] || { : >dead; exit 1; }');
    await host.hook('connect', "[ -e back ] || [ ! -e dead ] || complain 'failed to connect to the hypervisor'");
    expect(await host.start('run').exitCode).toBe(4);
    await host.end();
    await host.until(async () => (await host.events()).includes('resuming-all'));
    expect(await host.states()).toEqual(['paused', 'paused']);
    await host.touch('back');
    await host.until(async () => (await host.events()).includes('ended'));
    await expectAllRun(host);
  });

  it('a snapshot can not be made goes on with the others of its group', async () => {
    await using host = await twoGuests({ volumes: ['SSD/images', 'SSD/other'] });
    await host.hook('lvconvert.SSD-images', "echo 'Insufficient free space' >&2; exit 5");
    expect(await host.service()).toBe(5);
    expect(await host.events()).toContain('unsnapshotted 0 Insufficient free space');
    expect(await frozen(host)).toEqual(['frozen 1']);
    await expectAllRun(host);
  });

  it('LVM hangs resumes the guests at its limit, leaves LVM alone and begins nothing more', async () => {
    await using host = await twoGuests({ volumes: ['SSD/images', 'raid5/images', 'SSD/other'], maximumPauseMs: 4000 });
    await host.hook('lvconvert.SSD-images', hangUntilReleased);
    expect(await host.service()).toBe(5);
    expect(await host.events()).toContain('over');
    expect(await frozen(host)).toEqual(['frozen 1']);
    await expectAllRun(host);
    expect(await host.processes('lvconvert')).not.toEqual([]);
    await host.touch('release');
    await host.until(async () => (await host.processes('')).length === 0);
    const calls = await host.calls();
    expect(calls).toContain('lvconverted SSD/images');
    expect(calls).not.toContain('lvconvert SSD/other');
    expect((await host.events()).slice(-1)).toEqual(['snapshotted 0']);
  });

  it('the host can not write out its own buffers goes on', async () => {
    await using host = await twoGuests({ edit: (script) => script.replace('read -r -t 10 -u', 'read -r -t 1 -u') });
    await host.hook('sync', hangUntilReleased);
    await host.hook('lvconvert.SSD-images', ': >release; sleep 0.3');
    expect(await host.service()).toBe(0);
    expect(await host.events()).toContain('unflushed-host');
    await expectAllRun(host);
  });

  it('the host takes long to write out its own buffers tells the guests once more to write out theirs', async () => {
    await using host = await twoGuests({ edit: (script) => script.replace('settle + 500', 'settle + 100') });
    await host.hook('sync', 'sleep 1.2');
    expect(await host.service()).toBe(0);
    const events = await host.events();
    expect(events.filter((event) => event === 'flushed 0')).toHaveLength(2);
    expect(events.lastIndexOf('flushed 1')).toBeLessThan(events.indexOf('suspending 0'));
    await expectAllRun(host);
  });

  it('the host takes too long to make ready pauses nobody', async () => {
    await using host = await twoGuests({ edit: (script) => script.replace('ready=3000', 'ready=-1000') });
    expect(await host.service()).toBe(3);
    expect(await host.events()).toContain('not-ready');
    expect(await host.calls()).not.toContain('suspend 0');
    await expectAllRun(host);
  });

  it('systemd ends the script resumes the guests, and begins no other snapshot', async () => {
    await using host = await twoGuests({ volumes: ['SSD/images', 'SSD/other'], maximumPauseMs: 60_000 });
    await host.hook('lvconvert.SSD-images', hangUntilReleased);
    const script = host.start('run');
    await host.until(async () => (await host.calls()).includes('lvconvert SSD/images'));
    await script.kill('SIGTERM');
    await script.exitCode;
    await host.end();
    await host.until(async () => (await host.events()).includes('ended'));
    await expectAllRun(host);
    await host.touch('release');
    await host.until(async () => (await host.processes('')).length === 0);
    expect(await host.calls()).not.toContain('lvconvert SSD/other');
    expect(await frozen(host)).toEqual([]);
  });
});
