import { OutputParseError, parseInteger } from '@quiesce/command';
import type { DiskSource, DomainDefinition, DomainDisk } from './domain-definition.js';
import { attribute, child, parseXml, type XmlElement } from '../xml.js';

function required(what: string, value: string | undefined, xml: string): string {
  if (value === undefined || value === '') throw new OutputParseError(`the definition has no ${what}`, { text: xml });
  return value;
}

const unitBytes: Readonly<Record<string, number>> = {
  ...{ b: 1, bytes: 1, KB: 1000, MB: 1000 ** 2, GB: 1000 ** 3, TB: 1000 ** 4 },
  ...{ k: 1024, KiB: 1024, M: 1024 ** 2, MiB: 1024 ** 2, G: 1024 ** 3, GiB: 1024 ** 3, T: 1024 ** 4, TiB: 1024 ** 4 },
};

function memoryBytes(memory: XmlElement | undefined): number | undefined {
  if (memory === undefined) return undefined;
  const unit = unitBytes[attribute(memory, 'unit') ?? 'KiB'];
  const bytes = unit === undefined ? Number.NaN : parseInteger('memory', memory.text) * unit;
  if (!Number.isSafeInteger(bytes))
    throw new OutputParseError('memory is not a number of bytes', { text: memory.text });
  return bytes;
}

// What libvirt writes of a source also where there is no medium.
const withoutMedium = { attributes: ['startupPolicy', 'index'], children: ['seclabel'] };

/**
 * Whether a source names nothing, as that of an empty drive. One of a shape that is not known may
 * name something.
 */
function isEmpty(source: XmlElement | undefined): boolean {
  if (source === undefined) return true;
  const named = [...source.attributes].filter(
    ([name, value]) =>
      !(withoutMedium.attributes.includes(name) || (['file', 'dev', 'dir'].includes(name) && value === '')),
  );
  return named.length === 0 && source.children.every(({ name }) => withoutMedium.children.includes(name));
}

function parseSource(type: string, source: XmlElement | undefined): DiskSource {
  const value = (name: string): string | undefined => {
    const text = attribute(source, name);
    return text === '' ? undefined : text;
  };
  const [file, device, directory, protocol] = [value('file'), value('dev'), value('dir'), value('protocol')];
  const [pool, volume] = [value('pool'), value('volume')];
  if (type === 'file' && file !== undefined) return { kind: 'file', file };
  if (type === 'block' && device !== undefined) return { kind: 'block', device };
  if (type === 'dir' && directory !== undefined) return { kind: 'directory', directory };
  if (type === 'network' && protocol !== undefined) return { kind: 'network', protocol, name: value('name') };
  if (type === 'volume' && pool !== undefined && volume !== undefined) return { kind: 'volume', pool, volume };
  return ['file', 'block', 'dir'].includes(type) && isEmpty(source) ? { kind: 'none' } : { kind: 'other', type };
}

/** The source of an element that has a type, and is only there where there is something. */
function parseExisting(element: XmlElement, source: XmlElement | undefined): DiskSource {
  const type = attribute(element, 'type') ?? 'file';
  const found = parseSource(type, source);
  return found.kind === 'none' ? { kind: 'other', type } : found;
}

function parseDataFile(source: XmlElement | undefined): DiskSource | undefined {
  const dataStore = child(source, 'dataStore');
  // Its place is written in a source of its own, or on itself.
  return dataStore === undefined ? undefined : parseExisting(dataStore, child(dataStore, 'source') ?? dataStore);
}

function parseBacking(disk: XmlElement): DiskSource[] {
  const found: DiskSource[] = [];
  // Below the last one libvirt writes an empty element.
  for (
    let image = child(disk, 'backingStore');
    image !== undefined && !isEmpty(image);
    image = child(image, 'backingStore')
  ) {
    const source = child(image, 'source');
    const dataFile = parseDataFile(source);
    found.push(parseExisting(image, source), ...(dataFile === undefined ? [] : [dataFile]));
  }
  return found;
}

function parseDisk(disk: XmlElement, xml: string): DomainDisk {
  const target = child(disk, 'target');
  const source = child(disk, 'source');
  return {
    target: required('target of a disk', attribute(target, 'dev'), xml),
    device: (attribute(disk, 'device') ?? 'disk') as DomainDisk['device'],
    bus: attribute(target, 'bus'),
    source: parseSource(attribute(disk, 'type') ?? 'file', source),
    dataFile: parseDataFile(source),
    backing: parseBacking(disk),
    driverType: attribute(child(disk, 'driver'), 'type'),
    readonly: child(disk, 'readonly') !== undefined,
    shareable: child(disk, 'shareable') !== undefined,
    serial: child(disk, 'serial')?.text,
  };
}

function parseRoot(xml: string): XmlElement {
  let root: XmlElement;
  try {
    root = parseXml(xml);
  } catch (cause) {
    throw new OutputParseError(`the definition is not safe XML: ${(cause as Error).message}`, { text: xml, cause });
  }
  if (root.name !== 'domain') throw new OutputParseError('the XML is not the definition of a domain', { text: xml });
  return root;
}

/**
 * Reads a domain's definition: what `virsh dumpxml` prints, or a file that was kept of it.
 *
 * @throws `OutputParseError` for what is not a well-formed definition, for a document type (which
 * libvirt never writes) and for elements nested deeper than libvirt's.
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 *
 * const { name, disks } = parseVirshDumpxml(await readFile('/etc/libvirt/qemu/MySQL.xml', 'utf8'));
 * ```
 */
export function parseVirshDumpxml(xml: string): DomainDefinition {
  const domain = parseRoot(xml);
  const id = attribute(domain, 'id');
  const vcpus = child(domain, 'vcpu')?.text;
  const type = child(child(domain, 'os'), 'type');
  const disks = child(domain, 'devices')?.children.filter(({ name }) => name === 'disk') ?? [];
  return {
    name: required('name', child(domain, 'name')?.text, xml),
    uuid: required('UUID', child(domain, 'uuid')?.text.trim(), xml),
    id: id === undefined ? undefined : parseInteger('id', id),
    type: required('type', attribute(domain, 'type'), xml),
    title: child(domain, 'title')?.text,
    description: child(domain, 'description')?.text,
    memoryBytes: memoryBytes(child(domain, 'memory')),
    vcpus: vcpus === undefined ? undefined : parseInteger('vcpu', vcpus),
    architecture: attribute(type, 'arch'),
    machine: attribute(type, 'machine'),
    disks: disks.map((disk) => parseDisk(disk, xml)),
    xml: xml.trim(),
  };
}
