import { describe, expect, it } from 'vitest';
import { runId, SimulatedHost, uuidOf } from './simulated-host.js';

const foreignMark = '<pause run="1364083999-deadbeef" since="1364083999"/>';
const ownMark = `<pause run="${runId}" since="1364083186"/>`;
const suspended = ['marking 0', 'marked 0', 'suspending 0', 'suspended 0'];
const late = ['marking 0', 'marked 0', 'suspending 0', 'late 0'];

/** One guest, after a pause that told this. */
async function after(events: readonly string[], state: string, mark = ownMark): Promise<SimulatedHost> {
  const host = await SimulatedHost.create({
    guests: [{ state, on: [0] }],
    volumes: ['SSD/images'],
    edit: (script) => {
      const quick = script.replace('3500', '300').replaceAll('alone 10', 'alone 1').replaceAll('alone 45', 'alone 1');
      return quick.replace('state_of "$guest" 500', 'state_of "$guest" 50');
    },
  });
  await host.setMark(0, mark);
  await host.addEvents('began', ...events);
  return host;
}

const isOver = (host: SimulatedHost) => async (): Promise<boolean> => (await host.events()).includes('ended');

describe.concurrent('what resumes guests after a pause', () => {
  it('resumes one that is paused still, and takes its mark away', async () => {
    await using host = await after(suspended, 'paused (user)');
    await host.start('resume').exitCode;
    expect(await host.states()).toEqual(['running']);
    expect(await host.marks()).toBe(0);
    expect((await host.events()).slice(-3)).toEqual(['running 0', 'unmarked 0', 'ended']);
  });

  it('does not touch one that was never told to pause, but for its mark', async () => {
    await using host = await after(['marking 0', 'marked 0'], 'paused (user)');
    await host.start('resume').exitCode;
    expect(await host.states()).toEqual(['paused']);
    expect(await host.calls()).toEqual(['read-mark 0', 'unmark 0']);
  });

  it('leaves one to another run that has paused it since', async () => {
    await using host = await after(suspended, 'paused (user)', foreignMark);
    await host.start('resume').exitCode;
    expect(await host.states()).toEqual(['paused']);
    expect(await host.marks()).toBe(1);
    expect((await host.events()).slice(-2)).toEqual(['foreign 0', 'ended']);
  });

  it('undoes a suspend that comes after all, later than the first resume', async () => {
    await using host = await after(late, 'running (booted)');
    const suspendLater = `(sleep 0.5; echo 'paused (user)' >guests/${uuidOf(0)}) </dev/null >/dev/null 2>&1 &`;
    await host.hook('resume', `[ -e once ] || { : >once; ${suspendLater} }`, 0);
    await host.start('resume').exitCode;
    expect(await host.states()).toEqual(['running']);
    expect(await host.marks()).toBe(0);
    expect(await host.events()).toContain('resuming 0');
  });

  it('does not resume one that another run is about to pause, and watches it on', async () => {
    await using host = await after(late, 'running (booted)', foreignMark);
    void host.start('resume');
    await host.until(async () => (await host.calls()).filter((call) => call === 'read-mark 0').length >= 2);
    await host.setState(0, 'paused (user)');
    await host.until(async () => (await host.calls()).filter((call) => call === 'read-mark 0').length >= 4);
    expect(await host.calls()).not.toContain('resume 0');
    // The other run is over, and this run's suspend came in the middle of it.
    await host.removeMark(0);
    await host.until(isOver(host));
    expect(await host.states()).toEqual(['running']);
  });

  it.each(['hang', "complain 'failed to connect to the hypervisor'"])(
    'waits for a libvirt that does not answer: %s',
    async (how) => {
      await using host = await after(suspended, 'paused (user)');
      await host.hook('connect', `[ -e back ] || ${how}`);
      void host.start('resume');
      await host.until(async () => (await host.events()).includes('resuming-all'));
      expect(await host.states()).toEqual(['paused']);
      await host.touch('back');
      await host.until(isOver(host));
      expect(await host.states()).toEqual(['running']);
      expect(await host.marks()).toBe(0);
    },
  );

  it('is content with one that has ended', async () => {
    await using host = await after(suspended, 'shut off (destroyed)');
    await host.start('resume').exitCode;
    expect((await host.events()).slice(-3)).toEqual(['gone 0 shut off', 'unmarked 0', 'ended']);
  });

  it('has nothing to do after a pause that was over, or never began', async () => {
    await using host = await after([...suspended, 'running 0', 'unmarked 0', 'ended'], 'paused (user)');
    await host.start('resume').exitCode;
    await host.end();
    await using other = await SimulatedHost.create({
      guests: [{ state: 'paused (user)', on: [] }],
      volumes: ['SSD/a'],
    });
    await other.start('resume').exitCode;
    await other.end();
    expect([await host.calls(), await other.calls()]).toEqual([[], []]);
    expect(await other.events()).toEqual([]);
  });
});
