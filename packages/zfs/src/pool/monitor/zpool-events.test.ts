import { OutputParseError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { parseZpoolEvents, zpoolEventsCommand, type PoolEvent } from './zpool-events.js';

async function parse(text: string): Promise<PoolEvent[]> {
  const events: PoolEvent[] = [];
  for await (const event of parseZpoolEvents(text.split('\n'))) events.push(event);
  return events;
}

// As OpenZFS 2.3.9 prints them, some fields left out.
const checksum = `Nov 26 2026 07:26:07.052984282\tereport.fs.zfs.checksum
        class = "ereport.fs.zfs.checksum"
        ena = 0x6a28572a5900401
        detector = (embedded nvlist)
                version = 0x0
                scheme = "zfs"
                pool = 0xcd4c426dabd03b0e
        (end detector)
        pool = "healthp"
        vdev_path = "/var/tmp/health/f0"
        vdev_spare_paths = \n        zio_stage = 0x1000000 [CHECKSUM_VERIFY]
        bad_ranges = 0x0 0x200 \n        time = 0x6b07df0f 0x32879da \n        eid = 0x118
`;
const history = (value: string): string => `Nov 26 2026 07:26:56.289000000\tsysevent.fs.zfs.history_event
        version = 0x0
        class = "sysevent.fs.zfs.history_event"
        pool = "healthp"
        history_internal_str = "a:b=${value}"
        history_internal_name = "set"
        time = 0x6b07df40 0x1139ca40 \n        eid = 0x119
`;

describe('zpoolEventsCommand', () => {
  it('builds the defaults and all options', () => {
    const command = { file: 'zpool', args: ['events', '-Hv'], effect: 'read', stop: 'kill' };
    expect(zpoolEventsCommand()).toEqual(command);
    expect(zpoolEventsCommand({ pool: 'tank', follow: true }).args).toEqual(['events', '-Hv', '-f', '--', 'tank']);
  });

  it('refuses what is no pool', () => {
    expect(() => zpoolEventsCommand({ pool: '-c' })).toThrow(/^pool: /);
  });
});

describe('parseZpoolEvents', () => {
  it('reads events, what is in them, and how many were dropped', async () => {
    const [first, second, ...others] = await parse(`dropped 98 events\n${checksum}\n${history('c')}\n`);
    expect(others).toEqual([]);
    expect(first).toEqual({
      class: 'ereport.fs.zfs.checksum',
      time: new Date('2026-11-26T07:26:07.052Z'),
      pool: 'healthp',
      id: 0x118,
      dropped: 98,
      payload: {
        class: 'ereport.fs.zfs.checksum',
        ena: '0x6a28572a5900401',
        'detector.version': '0x0',
        'detector.scheme': 'zfs',
        'detector.pool': '0xcd4c426dabd03b0e',
        pool: 'healthp',
        vdev_path: '/var/tmp/health/f0',
        vdev_spare_paths: '',
        zio_stage: '0x1000000 [CHECKSUM_VERIFY]',
        bad_ranges: '0x0 0x200',
        time: '0x6b07df0f 0x32879da',
        eid: '0x118',
      },
    });
    expect(second).toMatchObject({ dropped: 0, id: 0x119, payload: { history_internal_str: 'a:b=c' } });
  });

  it('reads a text of several lines', async () => {
    const [event] = await parse(`${history('c\n\nd')}\n`);
    expect(event?.payload['history_internal_str']).toBe('a:b=c\n\nd');
  });

  it('reads no events', async () => {
    expect(await parse('')).toEqual([]);
  });

  it.each([
    ['no head', checksum.replace(/^.*\n/, '')],
    ['another class in it', checksum.replace('class = "ereport.fs.zfs.checksum"', 'class = "x"')],
    ['no time', checksum.replace(/ {8}time = .*\n/, '')],
  ])('refuses an event with %s', async (_what, text) => {
    await expect(parse(`${text}\n`)).rejects.toThrow(OutputParseError);
  });
});
