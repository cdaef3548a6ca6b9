import { InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { scriptedTransport, type ScriptedReply } from '@quiesce/command/testing';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { createZfs, type Zfs } from '../create-zfs.js';

const printing = (reply: ScriptedReply): { zfs: Zfs; commands: () => readonly (readonly string[])[] } => {
  const transport = scriptedTransport(() => reply);
  return { zfs: createZfs({ transport }), commands: () => transport.commands.map(({ args }) => args) };
};

async function all<Value>(source: AsyncIterable<Value>): Promise<Value[]> {
  const values: Value[] = [];
  for await (const value of source) values.push(value);
  return values;
}

describe('zfs.listStream', () => {
  const row = (number: number): string => `tank/vm@${String(number)}\tsnapshot\t${String(number)}\n`;

  it('yields what it asked for in one command', async () => {
    const { zfs, commands } = printing({ stdout: row(1) + row(2) });
    const snapshots = await all(zfs.listStream({ datasets: 'tank/vm', types: 'snapshot', fields: 'usedBytes' }));
    expect(snapshots).toEqual([
      { name: 'tank/vm@1', type: 'snapshot', usedBytes: 1 },
      { name: 'tank/vm@2', type: 'snapshot', usedBytes: 2 },
    ]);
    expectTypeOf(snapshots[0]?.usedBytes).toEqualTypeOf<number | undefined>();
    expectTypeOf<keyof (typeof snapshots)[number]>().toEqualTypeOf<'name' | 'type' | 'usedBytes'>();
    expect(commands()).toEqual([['list', '-Hp', '-t', 'snapshot', '-o', 'name,type,used', '--', 'tank/vm']]);
  });

  it('has no mount point, which could look like further rows', async () => {
    const { zfs, commands } = printing({ stdout: 'tank\tfilesystem\t1\t2\t3\tyes\t1700000000\n' });
    expect(await all(zfs.listStream())).toMatchObject([{ name: 'tank', mounted: true }]);
    expect(commands()).toEqual([['list', '-Hp', '-o', 'name,type,used,available,referenced,mounted,creation', '--']]);
    expect(() => zfs.listStream({ fields: 'mountpoint' as never })).toThrow(InvalidArgumentError);
  });

  it('refuses a row that is not as expected, with its command', async () => {
    const { zfs } = printing({ stdout: `${row(1)}tank/vm@2\n` });
    const error: unknown = await all(zfs.listStream({ fields: 'usedBytes' })).catch((reason: unknown) => reason);
    expect(OutputParseError.isInstance(error) && error.command?.args[0]).toBe('list');
  });

  it('fails as the array does', async () => {
    const { zfs } = printing({ exitCode: 1, stderr: "cannot open 'tank/no': dataset does not exist\n" });
    await expect(all(zfs.listStream({ datasets: 'tank/no' }))).rejects.toMatchObject({ name: 'DatasetNotFoundError' });
  });

  it('ends the command when the loop is left', async () => {
    const { zfs } = printing({ stdout: row(1) + row(2) });
    for await (const { name } of zfs.listStream({ fields: 'usedBytes' })) {
      expect(name).toBe('tank/vm@1');
      break;
    }
  });
});

describe('zfs.getStream', () => {
  it('yields typed values in one command', async () => {
    const { zfs, commands } = printing({ stdout: 'tank@1\tused\t-\t5\ntank@1\tcreation\t-\t1700000000\n' });
    const options = { datasets: 'tank', types: 'snapshot', properties: ['used', 'creation'] } as const;
    const properties = await all(zfs.getStream(options));
    expect(properties.map(({ name, property, value }) => [name, property, value])).toEqual([
      ['tank@1', 'used', 5],
      ['tank@1', 'creation', new Date('2023-11-14T22:13:20Z')],
    ]);
    expect(commands()).toEqual([
      ...[['get', '-Hp', '-t', 'snapshot', '-o', 'name,property,source,value', '--', 'used,creation', 'tank']],
    ]);
  });

  it.each(['quiesce:run', 'mountpoint', 'keylocation'])('refuses %s, which may look like further rows', (name) => {
    const { zfs } = printing({});
    expect(() => zfs.getStream({ properties: name })).toThrow(/expected a native property/);
  });
});
