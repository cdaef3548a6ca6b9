import { scriptedTransport, type ScriptedTransport } from '@quiesce/command/testing';
import { createVirsh, DomainLockedError } from '@quiesce/virsh';
import { describe, expect, it } from 'vitest';
import { batches } from './batches.js';
import { domainProblem, readDomains, type HostDomains } from './domains.js';
import { unmarkCommand } from './pause-mark.js';

const uuidOf = (guest: number): string => `00000000-0000-4000-8000-${String(guest).padStart(12, '0')}`;

interface Guest {
  readonly name: string;
  readonly state?: string;
  readonly mark?: string;
  /** What virsh says in place of the XML, and of the state. */
  readonly gone?: boolean;
  /** What its definition says of disks, and that of its next start, in place of one image. */
  readonly disks?: string;
  readonly next?: string;
  readonly stuck?: boolean;
}

/** What virsh prints for one command of a batch, and says on the error output. */
function answer(guests: readonly Guest[], line: string): { printed: string; said: string } {
  const [verb = ''] = line.split(' ');
  const id = ({ state = 'running' }: Guest, index: number): string => (state === 'shut off' ? '-' : String(index + 1));
  const rows = guests.map((guest, index) => `${uuidOf(index)} ${id(guest, index)} ${guest.name}\n`).join('');
  if (verb === 'uri') return { printed: 'qemu:///system\n', said: '' };
  if (verb === 'list') return { printed: rows, said: '' };
  if (verb === 'vol-path') {
    if (!line.includes('--pool=images')) return { printed: '', said: `error: failed to get pool 'gone'\n` };
    return { printed: `/srv/pool/${/--vol=(\S+)/.exec(line)?.[1] ?? ''}\n`, said: '' };
  }
  const index = guests.findIndex((_, guest) => line.includes(uuidOf(guest)));
  const guest = guests[index];
  if (guest === undefined || guest.gone === true) {
    return { printed: '', said: `error: failed to get domain '${uuidOf(index)}'\n` };
  }
  if (verb === 'dumpxml') {
    const image = `<disk type='file' device='disk'><source file='/srv/${guest.name}.img'/><target dev='vda'/></disk>`;
    const { disks = image, next = disks } = guest;
    const disk = line.includes('--inactive') ? next : disks;
    const head = `<name>${guest.name}</name><uuid>${uuidOf(index)}</uuid>`;
    return { printed: `<domain type='kvm'>${head}<devices>${disk}</devices></domain>\n`, said: '' };
  }
  if (verb === 'metadata') return { printed: guest.mark ?? '', said: '' };
  if (guest.stuck !== true) return { printed: `${guest.state ?? 'running'} (booted)\n`, said: '' };
  return { printed: '', said: 'error: Timed out during operation: cannot acquire state change lock\n' };
}

/** A host whose virsh obeys batches, as `batch.ts` writes them. */
function hostWith(guests: readonly Guest[]): ScriptedTransport {
  return scriptedTransport(({ args }) => {
    let [stdout, stderr] = ['', ''];
    for (const line of (args.at(-1) ?? '').split('; ')) {
      const { mark, error } = /^echo (?<error>--err )?(?<mark>\S+)$/.exec(line)?.groups ?? {};
      if (mark === undefined) {
        const { printed, said } = answer(guests, line);
        stdout += `${printed}\n`;
        stderr += said;
      } else if (error === undefined) stdout += `${mark}\n\n`;
      else stderr += `error: ${mark}\n`;
    }
    return { stdout, stderr };
  });
}

const read = (transport: ScriptedTransport, wanted: readonly string[]): Promise<HostDomains> =>
  readDomains(createVirsh({ transport }), wanted, {});

const guests: readonly Guest[] = [{ name: 'MySQL' }, { name: 'Server-Tim', state: 'shut off' }, { name: 'Other' }];

describe('readDomains', () => {
  it('knows the disks of all, and the state of those that are wanted', async () => {
    const { connectUri, known, wanted } = await read(hostWith(guests), ['MySQL', 'Server-Tim']);
    expect(connectUri).toBe('qemu:///system');
    expect(known.map(({ disks, name }) => [name, ...disks])).toEqual([
      ['MySQL', '/srv/MySQL.img'],
      ['Server-Tim', '/srv/Server-Tim.img'],
      ['Other', '/srv/Other.img'],
    ]);
    expect(wanted.map(({ name, state, uuid }) => [name, state, uuid])).toEqual([
      ['MySQL', 'running', uuidOf(0)],
      ['Server-Tim', 'shut off', uuidOf(1)],
    ]);
  });

  it('tells which are active', async () => {
    const { known } = await read(hostWith(guests), []);
    expect(known.map(({ isActive }) => isActive)).toEqual([true, false, true]);
  });

  it('knows the disks of the next start too, and leaves out media that are only read', async () => {
    const file = (device: string, name: string, more = ''): string =>
      `<disk type='file' device='${device}'><source file='/srv/${name}'/><target dev='${name}'/>${more}</disk>`;
    const now = file('disk', 'a.img') + file('cdrom', 'a.iso', '<readonly/>') + file('floppy', 'a.flp');
    const network = "<disk type='network' device='disk'><source protocol='nbd' name='x'/><target dev='vdb'/></disk>";
    const next = file('disk', 'a.img') + file('disk', 'b.img', '<readonly/>') + network;
    const transport = hostWith([
      { name: 'A', disks: now, next },
      { name: 'B', state: 'shut off' },
    ]);
    const { known } = await read(transport, []);
    expect(known.map(({ disks }) => disks)).toEqual([
      ['/srv/a.img', '/srv/a.flp', '/srv/b.img', 'network'],
      ['/srv/B.img'],
    ]);
    const lines = transport.commands.flatMap(({ args }) => (args.at(-1) ?? '').split('; '));
    expect(lines.filter((line) => line.includes('--inactive'))).toEqual([`dumpxml --domain=${uuidOf(0)} --inactive`]);
  });

  it('knows the data file of a disk and the images below it', async () => {
    const data = "<dataStore type='network'><format type='raw'/><source protocol='rbd' name='pool/a'/></dataStore>";
    const base =
      "<backingStore type='file'><format type='raw'/><source file='/srv/base.img'/><backingStore/></backingStore>";
    const disks = `<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='/srv/a.qcow2'>${data}</source>${base}<target dev='vda'/></disk>`;
    const { known } = await read(hostWith([{ name: 'A', disks }]), []);
    expect(known.map((domain) => domain.disks)).toEqual([['/srv/a.qcow2', 'network', '/srv/base.img']]);
  });

  it('asks once for the paths of volumes of storage pools, and goes on where there is none', async () => {
    const volume = (pool: string, name: string): string =>
      `<disk type='volume' device='disk'><source pool='${pool}' volume='${name}'/><target dev='${name}'/></disk>`;
    const disks = volume('images', 'a.img') + volume('gone', 'b.img');
    const transport = hostWith([
      { name: 'A', disks },
      { name: 'B', disks },
    ]);
    const { known } = await read(transport, ['A']);
    expect(known.map((domain) => domain.disks)).toEqual([
      ['/srv/pool/a.img', 'volume'],
      ['/srv/pool/a.img', 'volume'],
    ]);
    const lines = transport.commands.flatMap(({ args }) => (args.at(-1) ?? '').split('; '));
    expect(lines.filter((line) => line.startsWith('vol-path'))).toEqual([
      'vol-path --vol=a.img --pool=images',
      'vol-path --vol=b.img --pool=gone',
    ]);
  });

  it('asks no QEMU of a guest that is not wanted: one that hangs holds up nobody', async () => {
    const transport = hostWith([...guests, { name: 'Hung', stuck: true }]);
    const { known } = await read(transport, ['MySQL']);
    expect(known).toHaveLength(4);
    const lines = transport.commands.flatMap(({ args }) => (args.at(-1) ?? '').split('; '));
    expect(lines.filter((line) => line.startsWith('domstate'))).toEqual([`domstate --domain=${uuidOf(0)} --reason`]);
    expect(lines.filter((line) => line.startsWith('metadata'))).toHaveLength(1);
  });

  it('knows one guest once, by its name and its UUID', async () => {
    const { wanted } = await read(hostWith(guests), ['MySQL', uuidOf(0), 'MySQL']);
    expect(wanted.map(({ name }) => name)).toEqual(['MySQL']);
  });

  it('finds the mark of a run', async () => {
    const mark = '<pause run="1364083186-0badf00d" since="1364083186"/>\n';
    const { wanted } = await read(hostWith([{ name: 'MySQL', state: 'paused', mark }]), ['MySQL']);
    expect(wanted[0]?.mark?.runId).toBe('1364083186-0badf00d');
  });

  it('leaves out one that went away meanwhile', async () => {
    const { known } = await read(hostWith([{ name: 'Brief', gone: true }, ...guests]), ['MySQL']);
    expect(known.map(({ name }) => name)).not.toContain('Brief');
  });

  it('fails for a wanted one whose state libvirt does not tell', async () => {
    await expect(read(hostWith([{ name: 'MySQL', stuck: true }]), ['MySQL'])).rejects.toSatisfy((error) =>
      DomainLockedError.isInstance(error),
    );
  });

  it('reads hundreds with command lines that stay short', async () => {
    const many = Array.from({ length: 700 }, (_, index) => ({ name: `guest-${String(index)}` }));
    const transport = hostWith(many);
    const { wanted } = await read(
      transport,
      many.map(({ name }) => name),
    );
    expect(wanted).toHaveLength(700);
    expect(Math.max(...transport.commands.map(({ args }) => (args.at(-1) ?? '').length))).toBeLessThan(65_536);
  });
});

describe('batches', () => {
  it('fit command lines, the longest commands that are given to them too', async () => {
    const transport = hostWith([]);
    const commands = Array.from({ length: 300 }, (_, index) => {
      return unmarkCommand({ domain: uuidOf(index) });
    });
    const [first, last] = await batches(createVirsh({ transport }), [commands, commands.slice(0, 2)], {});
    expect([first, last].map((outcomes) => outcomes.map(({ command }) => command))).toEqual([
      commands,
      commands.slice(0, 2),
    ]);
  });
});

describe('domainProblem', () => {
  it.each(['running', 'idle', 'paused', 'shut off', 'crashed', 'pmsuspended'])('finds none in %j', (state) => {
    expect(
      domainProblem({ name: 'A', uuid: 'u', isActive: true, disks: [], definition: undefined, state, mark: undefined }),
    ).toBeUndefined();
  });

  it.each(['unknown', 'no state', 'in shutdown'])('names %j', (state) => {
    expect(
      domainProblem({ name: 'A', uuid: 'u', isActive: true, disks: [], definition: undefined, state, mark: undefined }),
    ).toContain(`"${state}"`);
  });
});
