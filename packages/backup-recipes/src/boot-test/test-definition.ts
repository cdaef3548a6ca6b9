import { parseVirshDumpxml, type DomainDisk } from '@quiesce/virsh';
import type { GuestImage } from '../target/guests.js';
import { bootMarkXml } from './boot-mark.js';
import { bootNode, firmwareProblems } from './firmware.js';
import { imagesOfDisks } from './images-of-disks.js';
import { bootMount, bootName, consoleFile } from './names.js';
import type { BootSign } from './options.js';
import { portNetwork, qemuNamespace } from './port-network.js';
import { element, find, parseTree, writeTree, type XmlNode } from './xml-tree.js';

/** An image in a backup that is read below another one. */
export interface BackingImage {
  readonly image: GuestImage;
  /** Its format, as `qcow2`. */
  readonly format: string;
}

/** What {@link testDefinition} makes a definition from. */
export interface TestDefinitionOptions {
  readonly runId: string;
  readonly uuid: string;
  /** The guest's own definition, as libvirt has it. */
  readonly definition: string;
  /** Its images that are in the backup. */
  readonly images: readonly GuestImage[];
  /** What is read below an image, by the path of that. Nothing below those that are not in it. */
  readonly backing: ReadonlyMap<string, readonly BackingImage[]>;
  /** What the guest needs for it, it has: a channel for its agent, or a network of its own. */
  readonly sign: BootSign;
  readonly memoryBytes?: number | undefined;
  readonly vcpus?: number | undefined;
}

/** The definition of a throw-away guest. */
export interface TestDefinition {
  readonly xml: string;
  /** Disks that it has, with the image that each is on. */
  readonly disks: readonly { readonly target: string; readonly image: GuestImage }[];
  /** What of the guest it lacks, as `disk vdb` or `interface`. */
  readonly leftOut: readonly string[];
  /** Why it must not be started. */
  readonly problems: readonly string[];
}

/** Where an image is for the throw-away guest. */
function imageOnClone(runId: string, { file, folder }: GuestImage): string {
  return `${bootMount(runId)}/${folder}/${file}`;
}

const without = (node: XmlNode, ...names: readonly string[]): XmlNode => ({
  ...node,
  children: node.children.filter(({ name }) => !names.includes(name)),
});

/** What of a disk says how the guest sees it. */
const diskParts = [
  'target',
  'serial',
  'wwn',
  'vendor',
  'product',
  'boot',
  'address',
  'blockio',
  'geometry',
  'readonly',
];

function chain(runId: string, below: readonly BackingImage[]): XmlNode {
  const [first, ...rest] = below;
  // An empty one keeps libvirt from asking the image, which names files of the host.
  if (first === undefined) return element('backingStore');
  const file = imageOnClone(runId, first.image);
  return element('backingStore', { type: 'file' }, [
    element('format', { type: first.format }),
    element('source', { file }),
    chain(runId, rest),
  ]);
}

function diskNode(node: XmlNode, disk: DomainDisk, image: GuestImage, options: TestDefinitionOptions): XmlNode {
  const { backing, runId } = options;
  const source = element('source', { file: imageOnClone(runId, image) });
  const encryption = find(find(node, 'source'), 'encryption') ?? find(node, 'encryption');
  const driver = { name: 'qemu', type: disk.driverType ?? 'raw', cache: 'writeback', error_policy: 'report' };
  return element('disk', { type: 'file', device: 'disk' }, [
    element('driver', driver),
    { ...source, children: encryption === undefined ? [] : [encryption] },
    chain(runId, backing.get(image.path) ?? []),
    ...node.children.filter(({ name }) => diskParts.includes(name)),
  ]);
}

/** Devices that are as the guest has them: they reach nothing of the host. */
const keptDevices = ['emulator', 'controller', 'hub', 'video', 'memballoon', 'panic', 'iommu'];

function keptDevice(node: XmlNode): XmlNode | undefined {
  const { attributes, name } = node;
  // What a device shows elsewhere, and its name, which is for what is left out.
  const plain = without(node, 'alias', 'driver', 'acceleration');
  if (keptDevices.includes(name)) {
    const model = find(plain, 'model');
    if (name !== 'video' || model === undefined) return plain;
    return {
      ...plain,
      children: plain.children.map((child) => (child === model ? without(child, 'acceleration') : child)),
    };
  }
  if (name === 'input') return ['mouse', 'keyboard', 'tablet'].includes(attributes['type'] ?? '') ? plain : undefined;
  if (name === 'rng') return find(node, 'backend')?.attributes['model'] === 'random' ? plain : undefined;
  if (name === 'watchdog') return { ...plain, attributes: { ...attributes, action: 'none' } };
  return undefined;
}

/** A console that is a file. It takes the place of the guest's first one. */
function consoleNode(devices: readonly XmlNode[], runId: string): XmlNode {
  const serial = devices.find(({ name }) => name === 'serial');
  const original = serial ?? devices.find(({ name }) => name === 'console');
  const target = find(original, 'target');
  // Without one libvirt takes what is usual for the machine.
  const isSerial = serial !== undefined || target?.attributes['type'] !== 'virtio';
  const source = element('source', { path: consoleFile(runId), append: 'on' });
  const kept = serial === undefined && isSerial ? undefined : target;
  return element(isSerial ? 'serial' : 'console', { type: 'file' }, kept === undefined ? [source] : [source, kept]);
}

/** What of a guest reaches the host or the world. */
const bareDevices = ['graphics', 'audio', 'sound', 'serial', 'console', 'parallel'];

function cpuNode(cpu: XmlNode, { memoryBytes, vcpus }: TestDefinitionOptions): XmlNode {
  // Both count processors, and the second memory too.
  const topology = vcpus === undefined ? cpu : without(cpu, 'topology', 'numa');
  return memoryBytes === undefined ? topology : without(topology, 'numa');
}

/**
 * Makes the definition of a throw-away guest from that of a guest: its images on the clone, a
 * console that is a file, and nothing by which it could reach the host or the world. Only what is
 * known to be harmless is taken over; the program that emulates it and a kernel outside of it are
 * those of the host, as the definition names them.
 */
export function testDefinition(options: TestDefinitionOptions): TestDefinition {
  const { definition, images, memoryBytes, runId, sign, uuid, vcpus } = options;
  const { disks } = parseVirshDumpxml(definition);
  const found = imagesOfDisks(disks, images);
  const domain = parseTree(definition);
  const devices = find(domain, 'devices')?.children ?? [];
  const leftOut: string[] = [];
  const kept: { readonly target: string; readonly image: GuestImage }[] = [];
  // Both list the disks in the order of the definition.
  const diskOf = disks.values();
  const made = devices.flatMap((node): XmlNode[] => {
    if (node.name !== 'disk') {
      const same = keptDevice(node);
      if (same === undefined && !bareDevices.includes(node.name)) leftOut.push(node.name);
      return same === undefined ? [] : [same];
    }
    const disk = diskOf.next().value;
    const image = disk === undefined ? undefined : found.images.get(disk);
    if (disk === undefined || image === undefined) {
      if (disk !== undefined && disk.source.kind !== 'none') leftOut.push(`${disk.device} ${disk.target}`);
      return [];
    }
    kept.push({ target: disk.target, image });
    return [diskNode(node, disk, image, options)];
  });
  const network = 'port' in sign ? portNetwork(domain, sign) : undefined;
  const commandLine = network !== undefined && 'commandLine' in network ? [network.commandLine] : [];
  // It has the first of them.
  if (commandLine.length > 0) leftOut.splice(leftOut.indexOf('interface'), 1);
  const channel = element('channel', { type: 'unix' }, [
    element('target', { type: 'virtio', name: 'org.qemu.guest_agent.0' }),
  ]);
  const os = find(domain, 'os');
  const memory = memoryBytes === undefined ? undefined : String(Math.floor(memoryBytes / 1024));
  const same = (name: string): XmlNode[] => domain.children.filter((child) => child.name === name);
  const vcpu = same('vcpu').map(({ attributes: { current }, text }) => ({
    ...element('vcpu'),
    ...{ text, attributes: current === undefined ? {} : { current } },
  }));
  const gone = ['genid', 'launchSecurity', 'maxMemory', 'memoryBacking', 'sysinfo', 'qemu:commandline'];
  leftOut.push(...gone.filter((name) => same(name).length > 0));
  const root = element('domain', {}, [
    element('name', {}, bootName(runId)),
    element('uuid', {}, uuid),
    element('metadata', {}, [parseTree(bootMarkXml(runId))]),
    ...(memory === undefined
      ? [
          ...same('memory').map((node) => ({ ...node, attributes: { unit: node.attributes['unit'] ?? 'KiB' } })),
          ...same('currentMemory'),
        ]
      : [element('memory', { unit: 'KiB' }, memory)]),
    ...(vcpus === undefined ? vcpu : [element('vcpu', {}, String(vcpus))]),
    ...(os === undefined ? [] : [bootNode(os, runId)]),
    ...same('features'),
    ...same('cpu').map((cpu) => cpuNode(cpu, options)),
    ...same('clock'),
    ...['on_poweroff', 'on_reboot', 'on_crash'].map((name) => element(name, {}, 'destroy')),
    element('devices', {}, [...made, consoleNode(devices, runId), ...('agent' in sign ? [channel] : [])]),
    ...commandLine,
  ]);
  const { type } = domain.attributes;
  const attributes = { ...(type !== undefined && { type }), ...(commandLine.length > 0 && qemuNamespace) };
  const xml = writeTree({ ...root, attributes });
  const ofNetwork = network !== undefined && 'problem' in network ? [network.problem] : [];
  const problems = [...found.problems, ...firmwareProblems(os), ...ofNetwork];
  return { xml, disks: kept, leftOut: [...new Set(leftOut)], problems };
}
