import { readFileSync } from 'node:fs';
import { parseVirshDumpxml } from '@quiesce/virsh';
import { describe, expect, it } from 'vitest';
import { parseBootMark } from './boot-mark.js';
import { testDefinition, type TestDefinition, type TestDefinitionOptions } from './test-definition.js';

const runId = '1364083186-0a0b0c0d';
const uuid = '6a1c2a53-0d2e-4f3b-8a4c-3a9c4f6e0001';
const clone = `/run/quiesce-boot/${runId}/clone`;
const releases = ['debian-12-virsh-9.0.0', 'debian-13-virsh-11.3.0'] as const;

function recorded(release: string, name: string): string {
  const file = new URL(`../../../virsh/src/__fixtures__/${release}/definition.json`, import.meta.url);
  const cases = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, { readonly stdout: string }>>;
  return cases[name]?.stdout ?? '';
}

const mysql = { path: '/srv/SSD/images/MySQL.img', folder: 'SSD.images', file: 'MySQL.img' };

function make(definition: string, options: Partial<TestDefinitionOptions> = {}): TestDefinition {
  return testDefinition({
    runId,
    uuid,
    definition,
    images: [mysql],
    backing: new Map(),
    sign: { console: 'x' },
    ...options,
  });
}

const devices = (inside: string, more = ''): string =>
  `<domain type="kvm"><name>MySQL</name><uuid>${uuid}</uuid><memory>1024</memory>${more}<devices>
   <disk type="file" device="disk"><source file="${mysql.path}"/><target dev="vda"/></disk>${inside}</devices></domain>`;

describe.each(releases)('testDefinition, of %s', (release) => {
  it('is another guest with the same disk on the clone', () => {
    const { disks, leftOut, xml } = make(recorded(release, 'dumpxml-guest'));
    const made = parseVirshDumpxml(xml);
    expect(made).toMatchObject({
      ...{ name: `quiesce-boot-${runId}`, uuid, id: undefined, type: 'kvm', memoryBytes: 160 * 1024 ** 2, vcpus: 1 },
      disks: [
        {
          target: 'vda',
          bus: 'virtio',
          driverType: 'raw',
          source: { kind: 'file', file: `${clone}/SSD.images/MySQL.img` },
        },
      ],
    });
    expect(disks).toEqual([{ target: 'vda', image: mysql }]);
    expect(leftOut).toEqual([]);
    expect(xml).not.toContain('/srv/');
    expect(xml).not.toContain('05bab78b-2003-43b9-9fc3-4bb46bdedcdd');
    expect(xml).toContain(`<source path="/run/quiesce-boot/${runId}/console" append="on"/>`);
    expect(xml).not.toContain('MySQL.console.log');
    expect(xml).toContain('<kernel>/var/lib/quiesce-guest/vmlinux</kernel>');
    expect(xml).not.toContain('<alias');
    expect(xml).not.toContain('action="reset"');
    for (const event of ['poweroff', 'reboot', 'crash']) expect(xml).toContain(`<on_${event}>destroy</on_${event}>`);
  });

  it('has none of the disks that are in no backup', () => {
    const image = { path: '/srv/quiesce-virsh/top disk.qcow2', folder: 'a.b', file: "it's <top> & disk.qcow2" };
    const { disks, leftOut, xml } = make(recorded(release, 'dumpxml-disks'), { images: [image] });
    expect(disks).toEqual([{ target: 'vda', image }]);
    expect(parseVirshDumpxml(xml).disks.map(({ backing, source }) => [source, backing])).toEqual([
      [{ kind: 'file', file: `${clone}/a.b/it's <top> & disk.qcow2` }, []],
    ]);
    expect(leftOut).toEqual([
      ...['disk vdb', 'disk vdc', 'disk vdd', 'disk vde', 'disk vdf', 'disk vdg', 'lun sda', 'floppy fda'],
      'interface',
    ]);
  });

  it('reads what lies below an image from the backup, and never from the host', () => {
    const top = { path: '/srv/quiesce-virsh/top disk.qcow2', folder: 'a.b', file: 'top.qcow2' };
    const base = { path: '/srv/quiesce-virsh/base.qcow2', folder: 'a.b', file: 'base.qcow2' };
    const backing = new Map([[top.path, [{ image: base, format: 'qcow2' }]]]);
    const { xml } = make(recorded(release, 'dumpxml-running'), { images: [top, base], backing });
    const [disk] = parseVirshDumpxml(xml).disks;
    expect(disk).toMatchObject({
      ...{ source: { file: `${clone}/a.b/top.qcow2` }, driverType: 'qcow2' },
      backing: [{ kind: 'file', file: `${clone}/a.b/base.qcow2` }],
    });
    expect(xml).not.toContain('/srv/');
    expect(xml).toContain('<backingStore/>');
  });
});

describe('testDefinition', () => {
  it('keeps text from becoming elements', () => {
    const hidden = "<clock><![CDATA[</clock><qemu:commandline><qemu:arg value='-nic'/></qemu:commandline>&]]></clock>";
    const { xml } = make(devices('', hidden));
    expect(xml).not.toContain('<qemu:commandline>');
    expect(xml).toContain('<clock>&lt;/clock>&lt;qemu:commandline>');
    expect(xml).toContain('&amp;</clock>');
  });

  it('has the first interface in a network of its own where a port is the sign', () => {
    const one = "<interface type='bridge'><mac address='52:54:00:00:20:15'/><model type='virtio'/></interface>";
    const sign = { port: 22, says: 'SSH-' };
    const { leftOut, problems, xml } = make(devices(one), { sign });
    expect([leftOut, problems]).toEqual([[], []]);
    expect(xml).toContain('xmlns:qemu="http://libvirt.org/schemas/domain/qemu/1.0"');
    expect(xml).toContain('<qemu:arg value="user,id=quiesce,restrict=on,ipv6=off,hostfwd=tcp:127.0.0.1:0-:22"/>');
    expect(xml).not.toContain('<interface');
    expect(make(devices(`${one}${one}`), { sign }).leftOut).toEqual(['interface']);
    expect(make(devices(''), { sign }).problems).toEqual([expect.stringContaining('it has no network interface')]);
    expect(make(devices(one)).xml).not.toContain('qemu:');
  });

  it('takes over nothing that reaches the host or the world', () => {
    const reaching = [
      "<interface type='network'/><hostdev mode='subsystem'/><filesystem type='mount'/><redirdev bus='usb'/>",
      "<channel type='unix'/><shmem name='x'/><tpm model='x'/><vsock model='virtio'/><smartcard mode='host'/>",
      "<graphics type='vnc' passwd='secret'/><input type='evdev'/><rng model='virtio'><backend model='egd'/></rng>",
      "<memory model='dimm'/><lease/><parallel type='pty'/><sound model='ich9'/><video><model type='qxl'/></video>",
    ].join('');
    const outside = [
      "<seclabel type='none'/><memoryBacking><hugepages/></memoryBacking><cputune/><numatune/><sysinfo type='smbios'/>",
      "<qemu:commandline xmlns:qemu='x'><qemu:arg value='-device'/></qemu:commandline><metadata><a:b xmlns:a='c'/></metadata>",
      "<vcpu placement='static' cpuset='0-3' current='2'>4</vcpu>",
    ].join('');
    const { leftOut, xml } = make(devices(reaching, outside));
    const made = /<devices>(?<inside>[^]*)<\/devices>/.exec(xml)?.groups?.['inside'] ?? '';
    expect([...made.matchAll(/^ {4}<(?<name>\w+)/gm)].map(({ groups }) => groups?.['name'])).toEqual([
      ...['disk', 'video', 'serial'],
    ]);
    expect(xml).not.toMatch(/secret|cpuset|seclabel|hugepages|qemu:|a:b|sysinfo|tune/);
    expect(xml).toContain('<vcpu current="2">4</vcpu>');
    expect(leftOut).toEqual([
      ...['interface', 'hostdev', 'filesystem', 'redirdev', 'channel', 'shmem', 'tpm', 'vsock', 'smartcard', 'input'],
      ...['rng', 'memory', 'lease', 'memoryBacking', 'sysinfo', 'qemu:commandline'],
    ]);
  });

  it('never writes to the memory of the firmware that the guest has', () => {
    const nvram = '/var/lib/libvirt/qemu/nvram/MySQL_VARS.fd';
    const os = `<os firmware='efi'><type>hvm</type><loader readonly='yes'>/c.fd</loader><nvram template='/v.fd'>${nvram}</nvram></os>`;
    const { xml } = make(devices('', os));
    expect(xml).toContain(`<nvram template="/v.fd">/run/quiesce-boot/${runId}/nvram</nvram>`);
    expect(xml).not.toContain(nvram);
    expect(xml).toContain('<loader readonly="yes">/c.fd</loader>');
  });

  it('has the memory and the processors that are asked for', () => {
    const cpu =
      '<vcpu>8</vcpu><cpu><topology cores="8"/><numa><cell id="0"/></numa></cpu><currentMemory>9</currentMemory>';
    const { xml } = make(devices('', cpu), { memoryBytes: 512 * 1024 ** 2, vcpus: 2 });
    expect(parseVirshDumpxml(xml)).toMatchObject({ memoryBytes: 512 * 1024 ** 2, vcpus: 2 });
    expect(xml).not.toMatch(/topology|numa|currentMemory/);
  });

  it('has a channel for the agent, and the console that the guest has', () => {
    const virtio = "<console type='pty'><source path='/dev/pts/1'/><target type='virtio' port='0'/></console>";
    const { xml } = make(devices(virtio), { sign: { agent: true } });
    expect(xml).toContain('<target type="virtio" name="org.qemu.guest_agent.0"/>');
    expect(xml).toMatch(/<console type="file">\s*<source [^>]*\/console"[^>]*>\s*<target type="virtio" port="0"\/>/);
    expect(xml).not.toContain('/dev/pts');
  });

  it('keeps the key of an image that is encrypted', () => {
    const disk = `<disk type='file' device='disk'><source file='/x.img'><encryption format='luks'><secret type='passphrase' uuid='u'/></encryption></source><target dev='vdb'/></disk>`;
    const { xml } = make(devices(disk), { images: [{ path: '/x.img', folder: 'f', file: 'x.img' }] });
    expect(xml).toMatch(/<source file="[^"]*\/f\/x.img">\s*<encryption format="luks">/);
  });

  it('carries the mark of its run', () => {
    expect(make(devices('')).xml).toContain(
      `<quiesce:boot xmlns:quiesce="https://github.com/quiesce/quiesce/boot" run="${runId}"/>`,
    );
    expect(parseBootMark(`<boot run="${runId}"/>\n\n`)).toBe(runId);
    expect(parseBootMark('<boot run="x"/>')).toBeUndefined();
  });
});

describe('the firmware of a test', () => {
  const firmware = (loader: string, nvram = ''): TestDefinition =>
    make(devices('', `<os><type machine="q35">hvm</type>${loader}${nvram}</os>`));

  it('is read only, where its variables have a file of their own', () => {
    const { problems, xml } = firmware(
      '<loader readonly="no" type="pflash">/srv/SSD/images/CODE.fd</loader>',
      '<nvram>/srv/SSD/images/VARS.fd</nvram>',
    );
    expect(problems).toEqual([]);
    expect(xml).toContain('<loader readonly="yes" type="pflash">/srv/SSD/images/CODE.fd</loader>');
    expect(xml).not.toContain('VARS.fd');
  });

  it.each(['readonly="no" ', ''])('is not that of the guest where it would be written to: %s', (readonly) => {
    const { problems } = firmware(`<loader ${readonly}type="pflash">/srv/SSD/images/g-OVMF.fd</loader>`);
    expect(problems).toEqual([expect.stringContaining('it writes to its firmware /srv/SSD/images/g-OVMF.fd')]);
  });

  it('stays where nothing writes to it', () => {
    const stateless = '<loader readonly="yes" type="pflash" stateless="yes">/usr/share/OVMF/OVMF.fd</loader>';
    for (const loader of [stateless, '<loader type="rom">/usr/share/seabios/bios.bin</loader>', '']) {
      expect(firmware(loader)).toMatchObject({ problems: [], xml: expect.stringContaining(loader) as string });
    }
  });
});
