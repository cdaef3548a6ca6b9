import { InvalidArgumentError } from '@quiesce/command';
import fc from 'fast-check';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { virshEventCommand, parseVirshEvent, type DomainEvent } from './event.js';

describe('virshEventCommand', () => {
  it('builds the defaults', () => {
    const args = ['event', '--all', '--loop', '--timestamp'];
    expect(virshEventCommand()).toEqual({ file: 'virsh', args, effect: 'read', stop: 'kill' });
  });

  it('builds all options', () => {
    const { args } = virshEventCommand({ domain: '-x', event: 'lifecycle' });
    expect(args).toEqual(['event', '--domain=-x', '--event=lifecycle', '--loop', '--timestamp']);
    expect(() => virshEventCommand({ domain: '7' })).toThrow(InvalidArgumentError);
  });
});

describe.each(releases('virsh'))('parseVirshEvent of %s', (release) => {
  const lines = recorded(release, 'event-all').stdout.split('\n');
  const events = lines
    .slice(lines.indexOf('MARK') + 1)
    .map(parseVirshEvent)
    .filter((event): event is DomainEvent => event !== undefined);
  const domain = `quiesce-virsh it's "x" é`;

  it('reads what happened to a domain', () => {
    const lifecycle = events.filter((event) => event.event === 'lifecycle');
    expect(lifecycle.every((event) => event.domain === domain)).toBe(true);
    const happened = lifecycle.map(({ type, detail }) => `${type} ${detail}`);
    expect(happened.slice(0, 2)).toEqual(['Suspended Paused', 'Resumed Unpaused']);
    expect(happened).toContain('Shutdown Finished after host request');
    expect(happened).toContain('Stopped Destroyed');
    expect(happened.at(-1)).toBe('Started Booted');
  });

  it('reads the other events', () => {
    const others = events.filter((event) => event.event !== 'lifecycle' && event.event !== 'unknown');
    expect(others.every((event) => event.domain === domain)).toBe(true);
    // A reset is one event or two of them.
    const [metadata, , reboot, ...later] = others;
    const tray = later.find(({ event }) => event !== 'reboot');
    expect(metadata).toMatchObject({ event: 'metadata-change', detail: 'type element, uri http://x.org/' });
    expect(reboot).toMatchObject({ event: 'reboot', detail: '' });
    expect(tray).toMatchObject({ event: 'tray-change', detail: 'disk ide0-0-0: opened' });
    expect(others.map(({ detail }) => detail)).toContain(
      'Active Block Commit for /srv/quiesce-virsh/top disk.qcow2 ready',
    );
    expect(others).toContainEqual(expect.objectContaining({ event: 'tunable', detail: '' }));
  });

  it('loses no line', () => {
    const unknown = events.filter((event) => event.event === 'unknown').map(({ text }) => text);
    expect(unknown.every((text) => text.startsWith('\t'))).toBe(true);
    expect(unknown).toContain('\tblkdeviotune.disk: vda');
  });
});

describe('parseVirshEvent', () => {
  const start = '2026-11-23 15:58:32.400+0000: ';

  it('reads the time', () => {
    expect(parseVirshEvent(`${start}event 'lifecycle' for domain 'MySQL': Suspended Paused`)).toEqual({
      event: 'lifecycle',
      timestamp: new Date('2026-11-23T15:58:32.400Z'),
      domain: 'MySQL',
      type: 'Suspended',
      detail: 'Paused',
    });
  });

  it.each([
    `${start}event 'lifecycle' for domain 'MySQL': Levitated High`,
    `${start}event 'new-kind' for domain 'MySQL': x`,
    "event 'lifecycle' for domain 'MySQL': Suspended Paused",
    'anything else',
    '\tindented: 1',
  ])('yields %j as unknown', (text) => {
    expect(parseVirshEvent(text)).toEqual({ event: 'unknown', text });
  });

  it.each(['', 'event loop interrupted', 'event loop timed out', 'events received: 31'])('leaves out %j', (line) => {
    expect(parseVirshEvent(line)).toBeUndefined();
  });

  it('reads any name of a domain in a lifecycle event', () => {
    const name = fc.string({
      unit: fc.oneof(fc.constantFrom("'", "': ", ' ', 'Suspended', 'Paused', ': '), fc.string({ unit: 'grapheme' })),
    });
    fc.assert(
      fc.property(name, (domain) => {
        fc.pre(!/[\n\r\u2028\u2029]/.test(domain));
        const event = parseVirshEvent(`${start}event 'lifecycle' for domain '${domain}': Resumed Post-copy Error`);
        expect(event).toMatchObject({ event: 'lifecycle', domain, type: 'Resumed', detail: 'Post-copy Error' });
      }),
    );
  });
});
