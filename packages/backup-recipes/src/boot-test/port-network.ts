import { parseGuestAddress } from './guest-address.js';
import type { PortSign } from './options.js';
import { element, find, type XmlNode } from './xml-tree.js';

/** What QEMU calls the models of libvirt that have another name there. */
const drivers: ReadonlyMap<string | undefined, string> = new Map([
  ['virtio', 'virtio-net-pci'],
  ['virtio-transitional', 'virtio-net-pci-transitional'],
  ['virtio-non-transitional', 'virtio-net-pci-non-transitional'],
  ...['e1000', 'e1000e', 'igb', 'ne2k_pci', 'pcnet', 'rtl8139', 'vmxnet3'].map((name) => [name, name] as const),
]);

const toText = (address: number): string =>
  [24, 16, 8, 0].map((shift) => String(Math.floor(address / 2 ** shift) % 256)).join('.');

/** QEMU's own network, in which the guest meets nobody, and one port that leads into it. */
function netdev({ address: text, port }: PortSign): string {
  const isolated = 'user,id=quiesce,restrict=on,ipv6=off';
  const given = text === undefined ? undefined : parseGuestAddress(text);
  // Which port of the host it is, the kernel chooses.
  if (given === undefined) return `${isolated},hostfwd=tcp:127.0.0.1:0-:${String(port)}`;
  const { address, first, prefix } = given;
  const [host = 0, dns = 0] = [1, 2, 3].map((number) => first + number).filter((other) => other !== address);
  const guest = toText(address);
  const net = `net=${toText(first)}/${String(prefix)},host=${toText(host)},dns=${toText(dns)},dhcpstart=${guest}`;
  return `${isolated},${net},hostfwd=tcp:127.0.0.1:0-${guest}:${String(port)}`;
}

interface Place {
  readonly bus?: string;
  readonly addr?: string;
  readonly multifunction?: true;
}

/**
 * Where the guest looks for its interface: a system names it after its place. Undefined for one
 * that is not on PCI.
 */
function place(domain: XmlNode, node: XmlNode): Place | undefined {
  const address = find(node, 'address')?.attributes;
  if (address === undefined) return {};
  const { bus, function: part = '0x0', multifunction, slot, type } = address;
  const isPlace = [bus, slot, part].every((number) => number !== undefined && /^0x[0-9a-f]+$/i.test(number));
  if (type !== 'pci' || !isPlace || bus === undefined || slot === undefined) return undefined;
  const index = Number(bus);
  const controllers = find(domain, 'devices')?.children ?? [];
  const isExpress = controllers.some(
    ({ attributes: { model }, name }) => name === 'controller' && model === 'pcie-root',
  );
  const root = isExpress && index === 0 ? 'pcie' : 'pci';
  const where = { bus: `${root}.${String(index)}`, addr: `${slot}.${part}` };
  return multifunction === 'on' ? { ...where, multifunction: true } : where;
}

/**
 * What QEMU is told so that a guest has its first interface in a network of its own: it reaches
 * nobody there, and the host reaches one port of it. Or why that can't be.
 */
export function portNetwork(
  domain: XmlNode,
  sign: PortSign,
): { readonly commandLine: XmlNode } | { readonly problem: string } {
  const node = find(find(domain, 'devices'), 'interface');
  if (node === undefined) {
    return { problem: 'it has no network interface, so no port of it can answer: take a sign on its console' };
  }
  const model = find(node, 'model')?.attributes['type'];
  const driver = drivers.get(model);
  const mac = find(node, 'mac')?.attributes['address'] ?? '';
  const where = place(domain, node);
  if (driver === undefined || where === undefined || !/^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i.test(mac)) {
    const kind = `of type ${node.attributes['type'] ?? 'unknown'} and model ${model ?? 'unknown'}`;
    return {
      problem: `its first network interface, ${kind}, is none that a test can give it: take a sign on its console`,
    };
  }
  const index = find(node, 'acpi')?.attributes['index'] ?? '';
  // As JSON: what is written otherwise QEMU makes before the buses that libvirt names in JSON.
  const device = {
    ...{ driver, netdev: 'quiesce', mac, romfile: '', ...where },
    ...(/^\d{1,5}$/.test(index) && { 'acpi-index': Number(index) }),
  };
  const words = ['-netdev', netdev(sign), '-device', JSON.stringify(device)];
  return {
    commandLine: element(
      'qemu:commandline',
      {},
      words.map((value) => element('qemu:arg', { value })),
    ),
  };
}

/** What the root of a definition with {@link portNetwork} has. */
export const qemuNamespace = { 'xmlns:qemu': 'http://libvirt.org/schemas/domain/qemu/1.0' } as const;
