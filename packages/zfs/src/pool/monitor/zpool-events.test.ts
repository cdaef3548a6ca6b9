import { OutputParseError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { recorded, releases } from '@quiesce/lab/recorded';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createZfs } from '../../create-zfs.js';
import {
  parseZpoolEventList,
  parseZpoolEvents,
  zpoolEventHeadsCommand,
  zpoolEventsCommand,
  type PoolEvent,
} from './zpool-events.js';

async function collect(events: AsyncIterable<PoolEvent>): Promise<PoolEvent[]> {
  const found: PoolEvent[] = [];
  for await (const event of events) found.push(event);
  return found;
}

const parse = async (text: string): Promise<PoolEvent[]> => collect(parseZpoolEvents(text.split('\n')));
const pool = 'quiesce-monitor';
const isChecksum = (event: PoolEvent): boolean => event.class === 'ereport.fs.zfs.checksum';

describe('zpoolEventsCommand', () => {
  it('builds the defaults and all options', () => {
    const command = { file: 'zpool', args: ['events', '-Hv'], effect: 'read', stop: 'kill' };
    expect(zpoolEventsCommand()).toEqual(command);
    expect(zpoolEventsCommand({ pool: 'tank', follow: true }).args).toEqual(['events', '-Hv', '-f', '--', 'tank']);
  });

  it('asks for heads alone', () => {
    expect(zpoolEventHeadsCommand().args).toEqual(['events', '-H']);
    expect(zpoolEventHeadsCommand({ pool: 'tank' }).args).toEqual(['events', '-H', '--', 'tank']);
  });

  it('refuses what is no pool', () => {
    expect(() => zpoolEventsCommand({ pool: '-c' })).toThrow(/^pool: /);
  });
});

describe.each(releases('zfs'))('events of %s', (release) => {
  const { stdout } = recorded(release, 'zpool events');
  const heads = recorded(release, 'zpool event heads').stdout;
  const list = (): PoolEvent[] => parseZpoolEventList(stdout, heads, heads);
  const forged = recorded(release, 'zpool events forged').stdout;
  const forgedHeads = recorded(release, 'zpool event heads forged').stdout;

  it('are read, and what is in them', () => {
    const events = list();
    const checksum = events.find(isChecksum);
    expect(checksum).toMatchObject({
      pool,
      payload: { 'detector.scheme': 'zfs', vdev_path: '/var/tmp/quiesce-monitor/f0', vdev_spare_paths: '' },
    });
    const head = heads.split('\n').find((line) => line.endsWith('ereport.fs.zfs.checksum')) ?? '';
    // The machine's clock is that of UTC.
    expect(checksum?.time.toISOString()).toContain(/[\d:]{8}\.\d{3}/.exec(head)?.[0]);
    const [first = 0] = events.map(({ id = 0 }) => id);
    expect(first).toBeGreaterThan(0);
    expect(events.at(-1)).toMatchObject({
      class: 'sysevent.fs.zfs.history_event',
      dropped: 0,
      payload: { history_internal_str: 'a:b=x\n\ny', history_internal_name: 'set' },
    });
  });

  it('are the same as they come', async () => {
    expect(await parse(stdout)).toEqual(list());
  });

  it('tell how many were dropped', async () => {
    const [first = ''] = heads.split('\n');
    const text = `dropped 98 events\n${stdout.slice(stdout.indexOf(first))}`;
    const dropped = list().map((_, index) => (index === 0 ? 98 : 0));
    expect((await parse(text)).map((event) => event.dropped)).toEqual(dropped);
    expect(parseZpoolEventList(text, heads, heads).map((event) => event.dropped)).toEqual(dropped);
  });

  it('are not forged by a text in one', () => {
    const events = parseZpoolEventList(forged, forgedHeads, forgedHeads);
    expect(events).toHaveLength(forgedHeads.trimEnd().split('\n').length);
    expect(events.filter(isChecksum)).toEqual(list().filter(isChecksum));
    expect(events.at(-1)).toMatchObject({ class: 'sysevent.fs.zfs.history_event', pool });
    expect(events.at(-1)?.id).toBeGreaterThan(7);
  });

  it('are not forged by any text made of what zpool prints', () => {
    const said = fc.array(fc.oneof(fc.constantFrom(...stdout.split('\n').slice(1)), fc.string()), { minLength: 1 });
    const known = ({ class: name, id, pool: of, time }: PoolEvent): unknown => ({ name, id, of, time });
    fc.assert(
      fc.property(said, (parts) => {
        const text = stdout.replace('a:b=x\n\ny', () => `a:b=${parts.join('\n')}`);
        expect(parseZpoolEventList(text, heads, heads).map(known)).toEqual(list().map(known));
      }),
    );
  });

  it('can be forged where they are read as they come', async () => {
    const count = forgedHeads.trimEnd().split('\n').length;
    const events = await parse(forged);
    expect(events).toHaveLength(count + 1);
    expect(events.at(-1)).toMatchObject({ class: 'ereport.fs.zfs.checksum', pool: 'tank' });
  });

  it('may come and go between the questions', () => {
    const lines = heads.trimEnd().split('\n');
    const older = 'Nov 25 2026 08:00:00.000000000\tsysevent.fs.zfs.config_sync';
    const newer = older.replace('25', '27');
    const [before, after] = [[older, older, ...lines.slice(0, -1)].join('\n'), [...lines.slice(2), newer].join('\n')];
    expect(parseZpoolEventList(stdout, before, after)).toEqual(list());
    expect(parseZpoolEventList('', '', heads)).toEqual([]);
    expect(() => parseZpoolEventList(stdout, `${heads}${newer}\n`, '')).toThrow(OutputParseError);
    expect(() => parseZpoolEventList('', heads, heads)).toThrow(OutputParseError);
    expect(() => parseZpoolEventList(stdout, older, older)).toThrow(OutputParseError);
  });

  it('are asked for together with their heads, again where they do not fit', async () => {
    let asked = 0;
    const transport = scriptedTransport(({ args }) => {
      if (args.includes('-Hv')) return { stdout };
      asked += 1;
      return { stdout: asked > 2 ? heads : '' };
    });
    expect(await collect(createZfs({ transport }).pool.events({ pool }))).toEqual(list());
    expect(transport.commands.map(({ args }) => args[1])).toEqual(['-H', '-Hv', '-H', '-H', '-Hv', '-H']);
    const never = scriptedTransport(({ args }) => (args.includes('-Hv') ? { stdout } : {}));
    await expect(collect(createZfs({ transport: never }).pool.events())).rejects.toThrow(OutputParseError);
  });

  it('of no pool are none', async () => {
    expect(recorded(release, 'no pool events')).toMatchObject({ exitCode: 0, stdout: '' });
    expect(await parse('')).toEqual([]);
  });

  it.each([
    ['no head', /^.*\tereport.fs.zfs.checksum\n/m, ''],
    ['another class in it', /class = "ereport.fs.zfs.checksum"/, 'class = "x"'],
    ['no time', / {8}time = .*\n/, ''],
  ])('with %s are refused', async (_what, pattern, other) => {
    await expect(parse(stdout.replace(pattern, other))).rejects.toThrow(OutputParseError);
  });
});
