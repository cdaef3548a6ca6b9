import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PortSign } from './options.js';
import { portNetwork } from './port-network.js';
import { parseTree } from './xml-tree.js';

const sign: PortSign = { port: 22, says: 'SSH-2.0' };
const mac = "<mac address='52:54:00:00:20:15'/>";
const virtio = `${mac}<model type='virtio'/>`;

function domain(inside: string, controllers = "<controller type='pci' index='0' model='pcie-root'/>"): string {
  return `<domain type='kvm'><devices>${controllers}<interface type='bridge'>${inside}</interface></devices></domain>`;
}

/** The words that QEMU is given, or why there are none. */
function words(definition: string, of: PortSign = sign): readonly string[] | string {
  const made = portNetwork(parseTree(definition), of);
  if ('problem' in made) return made.problem;
  // As libvirt reads it.
  return made.commandLine.children.map(({ attributes: { value = '' } }) => value.replaceAll('&quot;', '"'));
}

const isolated = 'user,id=quiesce,restrict=on,ipv6=off';

describe('portNetwork', () => {
  it('is a network in which the guest meets nobody, with one port of the host', () => {
    expect(words(domain(virtio))).toEqual([
      ...['-netdev', `${isolated},hostfwd=tcp:127.0.0.1:0-:22`],
      '-device',
      '{"driver":"virtio-net-pci","netdev":"quiesce","mac":"52:54:00:00:20:15","romfile":""}',
    ]);
  });

  it('has the address of the guest in it, and the two of QEMU elsewhere', () => {
    const net = (address: string): string => words(domain(virtio), { ...sign, address })[1] ?? '';
    const own = 'host=192.0.2.1,dns=192.0.2.2,dhcpstart=192.0.2.7';
    expect(net('192.0.2.7/24')).toBe(`${isolated},net=192.0.2.0/24,${own},hostfwd=tcp:127.0.0.1:0-192.0.2.7:22`);
    expect(net('192.0.2.1/24')).toContain('net=192.0.2.0/24,host=192.0.2.2,dns=192.0.2.3,dhcpstart=192.0.2.1');
    expect(net('10.200.3.4/8')).toContain('net=10.0.0.0/8,host=10.0.0.1,dns=10.0.0.2,dhcpstart=10.200.3.4');
    expect(net('255.255.255.250/29')).toContain('net=255.255.255.248/29,host=255.255.255.249,dns=255.255.255.251');
  });

  it('has the interface where the guest looks for it', () => {
    const at = (address: string, controllers?: string): string =>
      words(domain(`${virtio}<address ${address}/>`, controllers))[3]?.replace(/.*"romfile":""/, '') ?? '';
    const slot = "type='pci' domain='0x0000' bus='0x01' slot='0x00' function='0x0'";
    expect(at(slot)).toBe(',"bus":"pci.1","addr":"0x00.0x0"}');
    expect(at(slot.replace('0x01', '0x00').replace("slot='0x00'", "slot='0x03'"))).toBe(
      ',"bus":"pcie.0","addr":"0x03.0x0"}',
    );
    const conventional = "<controller type='pci' index='0' model='pci-root'/>";
    expect(at("type='pci' bus='0x00' slot='0x0a'", conventional)).toBe(',"bus":"pci.0","addr":"0x0a.0x0"}');
    expect(at(`${slot} multifunction='on'`)).toBe(',"bus":"pci.1","addr":"0x00.0x0","multifunction":true}');
    const named = domain(`${virtio}<acpi index='7'/>`);
    expect(words(named)[3]).toContain('"romfile":"","acpi-index":7}');
  });

  it('has the model of the guest', () => {
    const device = (model: string): string => words(domain(`${mac}<model type='${model}'/>`))[3] ?? '';
    expect(device('e1000e')).toContain('{"driver":"e1000e",');
    expect(device('virtio-non-transitional')).toContain('{"driver":"virtio-net-pci-non-transitional",');
  });

  it('takes the first of several', () => {
    const second = "<interface type='user'><mac address='52:54:00:00:00:02'/><model type='e1000'/></interface>";
    const both = domain(virtio).replace('</devices>', `${second}</devices>`);
    expect(words(both)[3]).toContain('"mac":"52:54:00:00:20:15"');
  });

  it('says why there can be none', () => {
    expect(words("<domain type='kvm'><devices/></domain>")).toContain('it has no network interface');
    expect(words(domain(`${mac}<model type='a,b'/>`))).toContain('of type bridge and model a,b, is none');
    expect(words(domain("<mac address='x,y'/><model type='virtio'/>"))).toContain('is none that a test can give it');
    expect(words(domain(mac))).toContain('of type bridge and model unknown, is none that a test can give it');
    expect(words(domain(`${mac}<model type='constructor'/>`))).toContain('is none that a test can give it');
    for (const type of ['ccw', 'virtio-mmio']) {
      expect(words(domain(`${virtio}<address type='${type}'/>`))).toContain('is none that a test can give it');
    }
  });

  it.each(['debian-12-virsh-9.0.0', 'debian-13-virsh-11.3.0'])('reads what is recorded of %s', (release) => {
    const file = new URL(`../../../virsh/src/__fixtures__/${release}/definition.json`, import.meta.url);
    const cases = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, { readonly stdout: string }>>;
    expect(JSON.parse(words(cases['dumpxml-disks']?.stdout ?? '')[3] ?? '')).toMatchObject({
      ...{ driver: 'virtio-net-pci', bus: 'pci.0', addr: '0x02.0x0' },
    });
  });
});
