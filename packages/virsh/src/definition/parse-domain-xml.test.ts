import { OutputParseError } from '@quiesce/command';
import { recorded, releaseOn, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { parseVirshDumpxml } from './parse-domain-xml.js';

const minimal = (inside = '', start = ''): string =>
  `${start}<domain type='kvm'><name>a</name><uuid>5b0b6d1e-2f0f-4c5f-9a68-5f6b6d1c0001</uuid>${inside}</domain>`;
const disk = (inside: string): string => minimal(`<devices><disk ${inside}</disk></devices>`);

describe.each(releases('virsh'))('parseVirshDumpxml of %s', (release) => {
  it('reads a domain that does not run, with every kind of disk', () => {
    const { disks, ...domain } = parseVirshDumpxml(recorded(release, 'dumpxml-disks').stdout);
    expect(domain).toMatchObject({
      name: 'quiesce-virsh-disks',
      uuid: '5b0b6d1e-2f0f-4c5f-9a68-5f6b6d1c0002',
      id: undefined,
      type: 'qemu',
      title: 'Disks <all kinds>',
      description: 'two\nlines & more',
      memoryBytes: 24 * 1024 * 1024,
      vcpus: 1,
      architecture: 'x86_64',
      machine: expect.stringMatching(/^pc-i440fx-/) as string,
    });
    const disk = {
      device: 'disk',
      bus: 'virtio',
      driverType: 'raw',
      readonly: false,
      shareable: false,
      serial: undefined,
      dataFile: undefined,
      backing: [],
    };
    const image = { kind: 'file', file: '/srv/quiesce-virsh/top disk.qcow2' };
    expect(disks).toEqual([
      { ...disk, target: 'vda', driverType: 'qcow2', source: image },
      { ...disk, target: 'vdb', serial: 'S-1', source: { kind: 'block', device: '/dev/SSD/guest & "data"' } },
      { ...disk, target: 'vdc', source: { kind: 'network', protocol: 'rbd', name: 'pool/image' } },
      { ...disk, target: 'vdd', source: { kind: 'network', protocol: 'nbd', name: undefined } },
      { ...disk, target: 'vde', shareable: true, source: { kind: 'volume', pool: 'default', volume: 'data.img' } },
      {
        ...disk,
        target: 'vdf',
        driverType: 'fat',
        readonly: true,
        source: { kind: 'directory', directory: '/srv/share' },
      },
      { ...disk, target: 'vdg', source: { kind: 'other', type: 'nvme' } },
      { ...disk, target: 'hda', device: 'cdrom', bus: 'ide', readonly: true, source: { kind: 'none' } },
      { ...disk, target: 'sda', device: 'lun', bus: 'scsi', source: { kind: 'block', device: '/dev/sdx' } },
      { ...disk, target: 'fda', device: 'floppy', bus: 'fdc', source: { kind: 'file', file: '/srv/floppy.img' } },
    ]);
  });

  it('reads a running domain, its image and not the images below it', () => {
    const { name, id, disks, xml } = parseVirshDumpxml(recorded(release, 'dumpxml-running').stdout);
    expect({ name, id }).toEqual({ name: `quiesce-virsh it's "x" é`, id: expect.any(Number) as number });
    expect(disks.map(({ source }) => source)).toEqual([
      { kind: 'file', file: '/srv/quiesce-virsh/top disk.qcow2' },
      { kind: 'none' },
    ]);
    expect(disks.map(({ backing }) => backing)).toEqual([
      [{ kind: 'file', file: '/srv/quiesce-virsh/base.qcow2' }],
      [],
    ]);
    expect(xml).toMatch(/^<domain [^]*<\/domain>$/);
  });
});

describe('parseVirshDumpxml', () => {
  it('reads a guest of the lab', () => {
    const { name, disks } = parseVirshDumpxml(recorded(releaseOn('virsh', 'trixie'), 'dumpxml-guest').stdout);
    expect({ name, disks }).toMatchObject({
      name: 'MySQL',
      disks: [{ target: 'vda', driverType: 'raw', source: { kind: 'file', file: '/srv/SSD/images/MySQL.img' } }],
    });
  });

  it('reads the least that libvirt accepts', () => {
    const domain = parseVirshDumpxml(minimal());
    expect(domain).toMatchObject({ memoryBytes: undefined, vcpus: undefined, title: undefined, disks: [] });
  });

  it.each([
    ['<memory>2048</memory>', 2048 * 1024],
    ["<memory unit='b'>2048</memory>", 2048],
    ["<memory unit='MB'>2</memory>", 2_000_000],
    ["<memory unit='GiB'>2</memory>", 2 * 1024 ** 3],
  ])('reads %s', (memory, bytes) => {
    expect(parseVirshDumpxml(minimal(memory)).memoryBytes).toBe(bytes);
  });

  it('keeps blanks in names, and decodes characters given by number', () => {
    const xml = minimal().replace('<name>a</name>', '<name> a&#x1F411;&#10; &amp;lt; </name>');
    expect(parseVirshDumpxml(xml).name).toBe(' a🐑\n &lt; ');
  });

  it('takes a disk whose source it does not know for no empty drive', () => {
    const { disks } = parseVirshDumpxml(disk("type='file'><source new='x'/><target dev='vda'/>"));
    expect(disks[0]?.source).toEqual({ kind: 'other', type: 'file' });
  });

  it.each([
    ["type='file' device='cdrom'>", ''],
    ["type='file' device='cdrom'>", "<source startupPolicy='optional'/>"],
    ["type='file' device='cdrom'>", "<source index='2'/>"],
    ["type='file' device='cdrom'>", "<source file=''/>"],
    ["type='file' device='cdrom'>", "<source startupPolicy='optional'><seclabel model='dac' relabel='no'/></source>"],
    ["type='block' device='cdrom'>", "<source dev='' index='1'/>"],
  ])('takes a drive for empty: %s%s', (start, source) => {
    const { disks } = parseVirshDumpxml(disk(`${start}${source}<target dev='sda' bus='sata'/><readonly/>`));
    expect(disks[0]).toMatchObject({ source: { kind: 'none' }, dataFile: undefined, backing: [] });
  });

  it.each([
    ["type='network'>", "<source index='2'/>", 'network'],
    ["type='volume'>", "<source startupPolicy='optional'/>", 'volume'],
    ["type='file'>", '<source><address/></source>', 'file'],
  ])('does not take a disk for an empty drive: %s%s', (start, source, type) => {
    const { disks } = parseVirshDumpxml(disk(`${start}${source}<target dev='sda'/>`));
    expect(disks[0]?.source).toEqual({ kind: 'other', type });
  });

  const rbd = "protocol='rbd' name='pool/web'";
  const host = "<host name='10.0.0.5' port='6789'/>";
  it.each([
    [
      'on the network',
      `<dataStore type='network'><format type='raw'/><source ${rbd}>${host}</source></dataStore>`,
      { kind: 'network', protocol: 'rbd', name: 'pool/web' },
    ],
    [
      'on the network, written on the element itself',
      `<dataStore type='network' ${rbd}><format type='raw'/>${host}</dataStore>`,
      { kind: 'network', protocol: 'rbd', name: 'pool/web' },
    ],
    [
      'on another volume',
      "<dataStore type='file'><format type='raw'/><source file='/srv/data/web.raw' index='3'/></dataStore>",
      { kind: 'file', file: '/srv/data/web.raw' },
    ],
    [
      'on a device',
      "<dataStore type='block'><format type='raw'/><source dev='/dev/SSD/web'/></dataStore>",
      { kind: 'block', device: '/dev/SSD/web' },
    ],
    ['in a place that it does not know', "<dataStore type='file'/>", { kind: 'other', type: 'file' }],
  ])('reads a qcow2 image whose data is %s', (_where, dataStore, dataFile) => {
    const source = `<source file='/srv/images/web-meta.qcow2'>${dataStore}</source>`;
    const driver = "<driver name='qemu' type='qcow2'/>";
    const { disks } = parseVirshDumpxml(
      disk(`type='file' device='disk'>${driver}${source}<target dev='vda' bus='virtio'/>`),
    );
    expect(disks[0]).toMatchObject({
      source: { kind: 'file', file: '/srv/images/web-meta.qcow2' },
      dataFile,
      backing: [],
    });
  });

  it('reads the images below one, with their data files, in their order', () => {
    const last =
      "<backingStore type='block'><format type='raw'/><source dev='/dev/SSD/golden'/><backingStore/></backingStore>";
    const dataStore = "<dataStore type='file'><format type='raw'/><source file='/srv/data/base.raw'/></dataStore>";
    const middle = `<backingStore type='file' index='3'><format type='qcow2'/><source file='/srv/base.qcow2'>${dataStore}</source>${last}</backingStore>`;
    const unknown = `<backingStore type='nvme' index='2'><format type='qcow2'/><source type='pci'/>${middle}</backingStore>`;
    const { disks } = parseVirshDumpxml(
      disk(`type='file'><source file='/srv/top.qcow2'/>${unknown}<target dev='vda'/>`),
    );
    expect(disks[0]).toMatchObject({ source: { kind: 'file', file: '/srv/top.qcow2' }, dataFile: undefined });
    expect(disks[0]?.backing).toEqual([
      { kind: 'other', type: 'nvme' },
      { kind: 'file', file: '/srv/base.qcow2' },
      { kind: 'file', file: '/srv/data/base.raw' },
      { kind: 'block', device: '/dev/SSD/golden' },
    ]);
  });

  const entities = "<!DOCTYPE domain [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>";
  const deep = 100_000;
  it.each([
    ['nothing', ''],
    ['text', 'error: x'],
    ['another document', '<pool/>'],
    ['two documents', minimal() + minimal()],
    ['a cut document', minimal().slice(0, -4)],
    ['tags in the wrong order', '<domain><name></domain></name>'],
    ['entities', minimal('<title>&b;</title>', entities)],
    ['an external entity', minimal('', "<!doctype domain SYSTEM 'file:///etc/passwd'>")],
    ['deep nesting', minimal('<a>'.repeat(deep) + '</a>'.repeat(deep))],
    ['an element that would reach a prototype', minimal('<__proto__><name>b</name></__proto__>')],
    ['no name', minimal().replace('<name>a</name>', '')],
    ['no UUID', minimal().replace(/<uuid>.*<\/uuid>/, '')],
    ['a disk without a target', disk("type='file'>")],
    ['memory in unknown units', minimal("<memory unit='stone'>2</memory>")],
    ['memory past what is exact', minimal("<memory unit='TiB'>9000</memory>")],
  ])('refuses %s', (_, xml) => {
    expect(() => parseVirshDumpxml(xml)).toThrow(OutputParseError);
  });

  it('is not confused by names of JavaScript', () => {
    const { name, disks } = parseVirshDumpxml(minimal("<toString a='1'><name>b</name></toString><hasOwnProperty/>"));
    expect({ name, disks }).toEqual({ name: 'a', disks: [] });
  });
});
