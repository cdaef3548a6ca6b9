import { OutputParseError } from '@quiesce/command';
import fc from 'fast-check';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { virshListCommand, parseVirshList } from './list.js';

describe('virshListCommand', () => {
  it('builds the defaults', () => {
    expect(virshListCommand()).toEqual({
      file: 'virsh',
      args: ['list', '--uuid', '--id', '--name'],
      effect: 'read',
      stop: 'kill',
    });
  });

  it('builds all options', () => {
    const all = {
      all: true,
      inactive: true,
      states: ['paused', 'shutoff'],
      persistent: true,
      autostart: true,
    } as const;
    const filters = ['--all', '--inactive', '--state-paused', '--state-shutoff', '--persistent', '--autostart'];
    expect(virshListCommand(all).args).toEqual(['list', '--uuid', '--id', '--name', ...filters]);
    expect(virshListCommand({ persistent: false, autostart: false }).args.slice(4)).toEqual([
      '--transient',
      '--no-autostart',
    ]);
  });
});

describe('parseVirshList', () => {
  it.each(releases('virsh'))('reads %s', (release) => {
    expect(parseVirshList(recorded(release, 'list').stdout).slice(-2)).toEqual([
      {
        uuid: '5b0b6d1e-2f0f-4c5f-9a68-5f6b6d1c0001',
        id: expect.any(Number) as number,
        name: `quiesce-virsh it's "x" é`,
      },
      { uuid: '5b0b6d1e-2f0f-4c5f-9a68-5f6b6d1c0002', id: undefined, name: 'quiesce-virsh-disks' },
    ]);
  });

  it('reads no domains', () => {
    expect(parseVirshList('\n')).toEqual([]);
  });

  it('refuses another form', () => {
    expect(() => parseVirshList(' Id   Name   State\n')).toThrow(OutputParseError);
  });

  it('keeps any name as it is', () => {
    const domain = fc.record({
      uuid: fc.uuid(),
      id: fc.option(fc.nat(), { nil: undefined }),
      name: fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !/[\n\r\u2028\u2029]/.test(name)),
    });
    fc.assert(
      fc.property(fc.array(domain), (domains) => {
        const rows = domains.map(({ uuid, id, name }) => `${uuid} ${id ?? '-'} ${name}\n`);
        expect(parseVirshList(`${rows.join('')}\n`)).toEqual(domains);
      }),
    );
  });
});
