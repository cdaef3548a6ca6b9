import { OutputParseError } from '@quiesce/command';
import fc from 'fast-check';
import { recorded, releaseOn, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { parseVirshDomstats } from './domstats-parse.js';

describe.each(releases('virsh'))('parseVirshDomstats of %s', (release) => {
  it('reads a running domain', () => {
    const [stats] = parseVirshDomstats(recorded(release, 'domstats').stdout).filter(({ name }) => name.includes('é'));
    expect(stats).toMatchObject({
      name: `quiesce-virsh it's "x" é`,
      state: { state: 'running', reason: 'unpaused' },
      balloon: { currentBytes: 24 * 1024 * 1024, maximumBytes: 24 * 1024 * 1024, unusedBytes: undefined },
      vcpus: [{ index: 0, state: 'running' }],
      blocks: [
        { index: 0, target: 'vda', path: '/srv/quiesce-virsh/top disk.qcow2', capacityBytes: 8_388_608, writeBytes: 0 },
        { index: 1, target: 'hda', path: undefined, capacityBytes: undefined },
      ],
    });
    expect(stats?.cpu?.timeMs).toBe(Number(stats?.raw['cpu.time']) / 1e6);
    expect(stats?.raw['block.0.path']).toBe('/srv/quiesce-virsh/top disk.qcow2');
  });

  it('reads a domain that is shut off', () => {
    const [stats] = parseVirshDomstats(recorded(release, 'domstats').stdout).filter(({ name }) =>
      name.endsWith('disks'),
    );
    expect(stats).toMatchObject({ state: { state: 'shut off', reason: 'unknown' }, vcpus: [] });
    expect(stats?.blocks).toHaveLength(10);
    expect(stats?.blocks[1]).toMatchObject({ target: 'vdb', path: '/dev/SSD/guest & "data"', readBytes: undefined });
  });

  it('reads one group of two domains', () => {
    const all = parseVirshDomstats(recorded(release, 'domstats-paused').stdout);
    expect(all.map(({ state }) => state?.state)).toEqual(['shut off', 'running']);
    expect(all[0]).toMatchObject({ cpu: undefined, balloon: undefined, vcpus: [], interfaces: [], blocks: [] });
  });
});

describe('parseVirshDomstats', () => {
  it('reads a guest of the lab', () => {
    const [stats] = parseVirshDomstats(recorded(releaseOn('virsh', 'trixie'), 'domstats-guest').stdout);
    const blocks = [{ target: 'vda', path: '/srv/SSD/images/MySQL.img', backingIndex: 1, capacityBytes: 67_108_864 }];
    expect(stats).toMatchObject({ name: 'MySQL', blocks });
  });

  it('reads network interfaces, which may have gaps', () => {
    const [stats] = parseVirshDomstats(
      `Domain: 'a'\n  net.count=2\n  net.1.name=vnet4\n  net.1.rx.bytes=7\n  net.1.tx.drop=2\n\n`,
    );
    expect(stats?.interfaces).toMatchObject([{ index: 1, name: 'vnet4', receivedBytes: 7, sentDrops: 2 }]);
    expect(stats?.interfaces[0]?.sentBytes).toBeUndefined();
  });

  it('reads more processor time than a number of nanoseconds could hold', () => {
    const [stats] = parseVirshDomstats(`Domain: 'a'\n  cpu.time=18446744073709551615\n`);
    expect(stats?.cpu?.timeMs).toBe(18_446_744_073_709.551);
  });

  it('takes states that it does not know, and fields too', () => {
    const [stats] = parseVirshDomstats(
      `Domain: 'a'\n  state.state=99\n  state.reason=4\n  new.thing=x=y\n  vcpu.0.state=9\n`,
    );
    expect(stats?.state).toEqual({ state: undefined, reason: undefined });
    expect(stats?.vcpus).toMatchObject([{ state: undefined }]);
    expect(stats?.raw['new.thing']).toBe('x=y');
  });

  it.each(['  block.0.capacity=9007199254740993', '  balloon.current=9007199254740990', '  cpu.time=soon', 'no field'])(
    'refuses %j',
    (line) => {
      expect(() => parseVirshDomstats(`Domain: 'a'\n${line}\n`)).toThrow(OutputParseError);
    },
  );

  it('keeps every field and name as it is in raw', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !/[\n\r\u2028\u2029]/.test(value));
    const fields = fc.dictionary(fc.stringMatching(/^x[a-z0-9.]{0,12}$/), text);
    fc.assert(
      fc.property(fc.array(fc.tuple(text, fields), { maxLength: 4 }), (domains) => {
        const printed = domains.map(
          ([name, raw]) =>
            `Domain: '${name}'\n${Object.entries(raw)
              .map(([key, value]) => `  ${key}=${value}\n`)
              .join('')}\n`,
        );
        const parsed = parseVirshDomstats(printed.join(''));
        expect(parsed.map(({ name, raw }) => [name, { ...raw }])).toEqual(
          domains.map(([name, raw]) => [name, { ...raw }]),
        );
      }),
    );
  });
});
