import { createCommand, run, sudo } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import {
  ConnectionFailedError,
  createVirsh,
  DomainNotFoundError,
  DomainStateError,
  virshDomstateCommand,
  virshDumpxmlCommand,
  InvalidKeycodeError,
  MetadataNotFoundError,
  parseVirshDumpxml,
  parseVirshDomstate,
  virshResumeCommand,
  virshSuspendCommand,
  type DomainEvent,
  type LifecycleEvent,
  type LinuxKey,
  type Virsh,
} from '@quiesce/virsh';
import fc from 'fast-check';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const guest = 'MySQL';
const otherGuest = 'Server-Tim';
const consoleLog = `/var/log/libvirt/qemu/${guest}.console.log`;
/** A domain that is only defined: starting one takes minutes in the lab. */
const stranger = `-quiesce e2e it's; "x" é`;
const strangerUuid = '5b0b6d1e-2f0f-4c5f-9a68-5f6b6d1ce2e0';
const folder = '/tmp/quiesce-e2e-virsh';
const uri = 'https://quiesce.example/e2e';

const root = labTransport();
const virsh: Virsh = createVirsh({ transport: root });

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const definition = (type: string, name: string, uuid: string, devices = ''): string =>
  `<domain type='${type}'><name>${escaped(name)}</name><uuid>${uuid}</uuid><memory unit='MiB'>24</memory>` +
  `<os><type arch='x86_64'>hvm</type></os><devices>${devices}</devices></domain>`;

/** Runs what the client has no method for. */
async function tool(file: string, args: readonly string[], stdin = ''): Promise<string> {
  return (await run(root, createCommand(file, args, { stdin }))).stdout;
}

async function cleanUp(): Promise<void> {
  const anyCode = { successCodes: [0, 1] };
  await run(root, createCommand('virsh', ['undefine', `--domain=${strangerUuid}`]), anyCode);
  for (const domain of [guest, otherGuest]) {
    if ((await virsh.domstate({ domain })).state === 'paused') await virsh.resume({ domain });
    await virsh.removeMetadata({ domain, uri, live: true });
  }
  await tool('rm', ['-rf', folder]);
}

/** Reads events until one fits. */
async function until(
  events: AsyncIterator<DomainEvent, void>,
  fits: (event: DomainEvent) => boolean,
): Promise<DomainEvent> {
  for (;;) {
    const next = await events.next();
    if (next.done === true) throw new Error('the events ended');
    if (fits(next.value)) return next.value;
  }
}

beforeAll(async () => {
  await tool('mkdir', ['-p', folder]);
  await cleanUp();
  await tool('mkdir', ['-p', folder]);
  const drive = `<disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/></disk>`;
  const image = `<disk type='file'><source file='${folder}/an image &amp; more'/><target dev='vda' bus='virtio'/></disk>`;
  const xml = definition('qemu', stranger, strangerUuid, image + drive).replace('<type ', "<type machine='q35' ");
  await tool('dd', [`of=${folder}/domain.xml`, 'status=none'], xml);
  await tool('virsh', ['define', `${folder}/domain.xml`]);
});

afterAll(async () => {
  await cleanUp();
  await root.close();
});

describe('virsh', () => {
  it('lists running domains and all domains', async () => {
    const running = await virsh.list();
    expect(running.map(({ name }) => name).sort()).toEqual([guest, otherGuest]);
    const all = await virsh.list({ all: true });
    expect(all).toContainEqual({ uuid: strangerUuid, id: undefined, name: stranger });
    expect(all).toEqual(expect.arrayContaining(running));
  });

  it('reads the definition of a running domain and of one that does not run', async () => {
    const running = await virsh.dumpxml({ domain: guest });
    const file = '/srv/SSD/images/MySQL.img';
    expect(running).toMatchObject({
      name: guest,
      id: expect.any(Number) as number,
      type: expect.stringMatching(/^(kvm|qemu)$/) as string,
    });
    expect(running.disks).toMatchObject([{ target: 'vda', driverType: 'raw', source: { kind: 'file', file } }]);
    const { id, disks } = await virsh.dumpxml({ domain: stranger, inactive: true });
    expect(id).toBeUndefined();
    expect(disks).toMatchObject([
      { target: 'vda', device: 'disk', source: { kind: 'file', file: `${folder}/an image & more` }, readonly: false },
      { target: 'sda', device: 'cdrom', source: { kind: 'none' }, readonly: true },
    ]);
  });

  it('reads statistics', async () => {
    const stats = await virsh.domstats({ domains: [guest, stranger], nowait: true });
    const [running] = stats.filter(({ name }) => name === guest);
    expect(running).toMatchObject({
      state: { state: 'running' },
      vcpus: [{ index: 0 }],
      blocks: [{ target: 'vda', path: '/srv/SSD/images/MySQL.img', capacityBytes: 64 * 1024 ** 2 }],
    });
    expect(running?.cpu?.timeMs).toBeGreaterThan(0);
    expect(running?.blocks[0]?.writeBytes).toBeGreaterThan(0);
    const [off] = stats.filter(({ name }) => name === stranger);
    expect(off).toMatchObject({ state: { state: 'shut off' }, blocks: [{ target: 'vda' }, { target: 'sda' }] });
  });

  it('suspends and resumes, seen by its state and its events', async () => {
    await using events = virsh.events({ domain: guest, event: 'lifecycle' });
    expect(await events.ready).toEqual({ confirmed: true });
    const startedAt = Date.parse((await tool('date', ['-u', '+%FT%T.%3NZ'])).trim());
    await virsh.suspend({ domain: guest });
    expect(await virsh.domstate({ domain: guest })).toEqual({ state: 'paused', reason: 'user' });
    // Once more changes nothing.
    await virsh.suspend({ domain: guest });
    await virsh.resume({ domain: guest });
    expect(await virsh.domstate({ domain: guest })).toEqual({ state: 'running', reason: 'unpaused' });
    await expect(virsh.resume({ domain: guest })).rejects.toBeInstanceOf(DomainStateError);

    const seen: LifecycleEvent[] = [];
    for await (const event of events) {
      if (event.event === 'lifecycle') seen.push(event);
      if (seen.length === 2) break;
    }
    expect(seen).toMatchObject([
      { domain: guest, type: 'Suspended', detail: 'Paused' },
      { domain: guest, type: 'Resumed', detail: 'Unpaused' },
    ]);
    const [suspended, resumed] = seen.map(({ timestamp }) => timestamp.getTime());
    expect(suspended).toBeGreaterThanOrEqual(startedAt);
    expect(resumed).toBeGreaterThanOrEqual(suspended ?? Number.NaN);
  });

  it('runs a batch over one connection, and goes on after a failure', async () => {
    const commands = [
      virshSuspendCommand({ domain: guest }),
      virshSuspendCommand({ domain: stranger }),
      virshSuspendCommand({ domain: 'no such; quit' }),
      virshSuspendCommand({ domain: otherGuest }),
      virshDomstateCommand({ domain: otherGuest }),
      virshResumeCommand({ domain: otherGuest }),
      virshResumeCommand({ domain: guest }),
      virshResumeCommand({ domain: guest }),
    ];
    const results = await virsh.batch({ commands });
    expect(results.map(({ error }) => error?.name)).toEqual([
      ...[undefined, 'DomainStateError', 'DomainNotFoundError', undefined],
      ...[undefined, undefined, undefined, 'DomainStateError'],
    ]);
    expect(results[1]?.error).toMatchObject({ domain: stranger, stateReason: 'domain is not running' });
    expect(parseVirshDomstate(results[4]?.value ?? '')).toEqual({ state: 'paused', reason: 'user' });
    expect((await virsh.domstats({ filters: ['paused'], groups: ['state'] })).map(({ name }) => name)).toEqual([]);
  });

  it('runs nothing of a batch without a connection', async () => {
    const elsewhere = createVirsh({ transport: root, connectUri: 'qemu:///nowhere' });
    const commands = [virshSuspendCommand({ domain: guest })];
    await expect(elsewhere.batch({ commands })).rejects.toBeInstanceOf(ConnectionFailedError);
  });

  it('hands any word through the parser of virsh unchanged', async () => {
    const characters = fc.constantFrom("'", '"', '\\', ';', '#', '\n', '\t', ' ', '-', '=', '$', 'a', 'é', '🐑');
    const word = fc.oneof(fc.string({ unit: characters, maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 8 }));
    const usable = word.filter((text) => text.isWellFormed() && !text.includes('\0'));
    for (const words of fc.sample(fc.array(usable, { minLength: 250, maxLength: 250 }), 4)) {
      const commands = words.map((text) => createCommand('virsh', ['echo', '--', text], { effect: 'read' }));
      const results = await virsh.batch({ commands });
      expect(results.map(({ value }) => value)).toEqual(words.map((text) => `${text}\n`));
    }
  });

  it('finds a domain of any name, alone and in a batch', async () => {
    const names = [
      ...['-x', '--help', '--', '--domain=test', 'two words', "it's", 'say "hi"', 'a;b', 'a\\b', '#c', '$HOME `id`'],
      ...['Übung 日本', 'x=y', ' blanks ', '12a', '-12', '1', '007'],
    ];
    const uuidOf = (index: number): string => `00000000-0000-0000-0000-0000000000${String(index).padStart(2, '0')}`;
    const domains = names.map((name, index) => definition('test', name, uuidOf(index)));
    const cpu = '<cpu><mhz>1</mhz><model>x</model><active>1</active><nodes>1</nodes><sockets>1</sockets>';
    const host = `<node>${domains.join('')}${cpu}<cores>1</cores><threads>1</threads><memory>1</memory></cpu></node>`;
    await tool('dd', [`of=${folder}/node.xml`, 'status=none'], host);
    const test = createVirsh({ transport: root, connectUri: `test://${folder}/node.xml` });
    expect((await test.list({ all: true })).map(({ name }) => name).sort()).toEqual([...names].sort());
    // Numbers would be ids: the client wants the UUID, and virsh finds the right domain by it.
    const arguments_ = names.map((name, index) => (/^\d+$/.test(name) ? uuidOf(index) : name));
    const batched = await test.batch({
      commands: arguments_.map((domain) => ({ command: virshDumpxmlCommand({ domain }), parse: parseVirshDumpxml })),
    });
    expect(batched.map(({ value }) => value?.name)).toEqual(names);
    expect((await test.dumpxml({ domain: '--help' })).name).toBe('--help');
  });

  it('presses keys that reach the guest', async () => {
    const before = Number(await tool('stat', ['-c', '%s', consoleLog]));
    await virsh.sendKey({ domain: guest, holdtimeMs: 200, keys: ['KEY_LEFTALT', 'KEY_SYSRQ', 'KEY_S'] });
    const printed = async (): Promise<string> => tool('tail', ['-c', `+${before + 1}`, consoleLog]);
    while (!(await printed()).includes('Emergency Sync complete')) await delay(1000);
    const unknown = { domain: guest, keys: ['KEY_BOGUS' as LinuxKey] };
    await expect(virsh.sendKey(unknown)).rejects.toBeInstanceOf(InvalidKeycodeError);
    await expect(virsh.sendKey({ domain: stranger, keys: ['KEY_A'] })).rejects.toBeInstanceOf(DomainStateError);
  });

  it('sets metadata on a running domain, reads and removes it, and all events tell of it', async () => {
    await using subscription = virsh.events();
    expect(await subscription.ready).toEqual({ confirmed: true });
    const events = subscription[Symbol.asyncIterator]();
    const about = { domain: guest, uri, live: true };
    await expect(virsh.metadata(about)).rejects.toBeInstanceOf(MetadataNotFoundError);
    await virsh.setMetadata({ ...about, key: 'quiesce', xml: `<run id="it's; 7">\n  <a>é &amp; b</a>\n</run>` });
    expect(await virsh.metadata(about)).toContain('<a>é &amp; b</a>');
    expect(await virsh.metadata(about)).toMatch(/^<run id="it's; 7">/);
    await expect(virsh.metadata({ domain: guest, uri, config: true })).rejects.toBeInstanceOf(MetadataNotFoundError);
    await virsh.removeMetadata(about);
    await virsh.removeMetadata(about);
    await expect(virsh.metadata(about)).rejects.toBeInstanceOf(MetadataNotFoundError);
    const changed = await until(events, ({ event }) => event === 'metadata-change');
    expect(changed).toMatchObject({ domain: guest, detail: `type element, uri ${uri}` });
    await expect(virsh.removeMetadata({ ...about, domain: stranger })).rejects.toBeInstanceOf(DomainStateError);
  });

  it('names what it did not find', async () => {
    for (const domain of ['-x', "it's 'q' n", '00000000-0000-0000-0000-000000000100']) {
      await expect(virsh.domstate({ domain })).rejects.toMatchObject({ name: 'DomainNotFoundError', domain });
    }
    const events = virsh.events({ domain: 'nosuch' });
    await expect(events.ready).rejects.toBeInstanceOf(DomainNotFoundError);
  });

  it('works through sudo, where events can not be confirmed', async () => {
    const operator = createVirsh({ transport: sudo(labTransport('operator')) });
    expect((await operator.list()).map(({ name }) => name).sort()).toEqual([guest, otherGuest]);
    await using events = operator.events({ event: 'lifecycle' });
    expect(await events.ready).toEqual({ confirmed: false });
  });

  it('says what is wrong without the right to connect', async () => {
    const nosudo = createVirsh({ transport: labTransport('nosudo'), connectUri: 'qemu:///system' });
    const failed = {
      name: 'ConnectionFailedError',
      connectionReason: expect.stringContaining('authentication') as string,
    };
    await expect(nosudo.list()).rejects.toMatchObject(failed);
    await expect(nosudo.events().ready).rejects.toMatchObject(failed);
  });
});
