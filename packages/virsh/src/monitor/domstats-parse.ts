import { OutputParseError, parseInteger } from '@quiesce/command';
import { stateNumbered } from './domain-state.js';
import type {
  BalloonStats,
  BlockStats,
  CpuStats,
  DomainStats,
  InterfaceStats,
  StateStats,
  VcpuStats,
} from './domain-stats.js';

type Fields = ReadonlyMap<string, string>;

function count(fields: Fields, key: string, factor = 1): number | undefined {
  const text = fields.get(key);
  if (text === undefined) return undefined;
  const value = parseInteger(key, text) * factor;
  if (!Number.isSafeInteger(value)) throw new OutputParseError(`${key} is too large to be exact`, { text });
  return value;
}

/**
 * Nanoseconds pass 2^53 after 104 days of processor time, which a guest reaches: only milliseconds
 * stay exact enough.
 */
function milliseconds(fields: Fields, key: string): number | undefined {
  const text = fields.get(key);
  if (text === undefined) return undefined;
  if (!/^\d{1,20}$/.test(text)) throw new OutputParseError(`${key} is not a number of nanoseconds`, { text });
  return Number(BigInt(text) / 1000n) / 1000;
}

const kibibyte = 1024;

/** The numbers that fields of one group have, as 0 and 1 for `block.0.name` and `block.1.name`. */
function indices(fields: Fields, group: string): number[] {
  const found = new Set<number>();
  for (const key of fields.keys()) {
    const [first, second = ''] = key.split('.');
    if (first === group && /^\d{1,9}$/.test(second)) found.add(Number(second));
  }
  return [...found].sort((a, b) => a - b);
}

const hasGroup = (fields: Fields, group: string): boolean =>
  [...fields.keys()].some((key) => key.startsWith(`${group}.`));

function parseState(fields: Fields): StateStats | undefined {
  const state = count(fields, 'state.state');
  return state === undefined ? undefined : stateNumbered(state, count(fields, 'state.reason') ?? 0);
}

function parseCpu(fields: Fields): CpuStats | undefined {
  if (!hasGroup(fields, 'cpu')) return undefined;
  const time = (key: string): number | undefined => milliseconds(fields, `cpu.${key}`);
  return { timeMs: time('time'), userMs: time('user'), systemMs: time('system') };
}

function parseBalloon(fields: Fields): BalloonStats | undefined {
  if (!hasGroup(fields, 'balloon')) return undefined;
  const bytes = (key: string): number | undefined => count(fields, `balloon.${key}`, kibibyte);
  return {
    currentBytes: bytes('current'),
    maximumBytes: bytes('maximum'),
    residentBytes: bytes('rss'),
    unusedBytes: bytes('unused'),
    usableBytes: bytes('usable'),
  };
}

const vcpuStates = ['offline', 'running', 'blocked'] as const;

function parseVcpu(fields: Fields, index: number): VcpuStats {
  const state = count(fields, `vcpu.${index}.state`);
  const time = (key: string): number | undefined => milliseconds(fields, `vcpu.${index}.${key}`);
  return {
    index,
    state: state === undefined ? undefined : vcpuStates[state],
    timeMs: time('time'),
    waitMs: time('wait'),
    delayMs: time('delay'),
  };
}

function parseInterface(fields: Fields, index: number): InterfaceStats {
  const value = (key: string): number | undefined => count(fields, `net.${index}.${key}`);
  return {
    index,
    name: fields.get(`net.${index}.name`),
    receivedBytes: value('rx.bytes'),
    receivedPackets: value('rx.pkts'),
    receivedErrors: value('rx.errs'),
    receivedDrops: value('rx.drop'),
    sentBytes: value('tx.bytes'),
    sentPackets: value('tx.pkts'),
    sentErrors: value('tx.errs'),
    sentDrops: value('tx.drop'),
  };
}

function parseBlock(fields: Fields, index: number): BlockStats {
  const value = (key: string): number | undefined => count(fields, `block.${index}.${key}`);
  const time = (key: string): number | undefined => milliseconds(fields, `block.${index}.${key}`);
  return {
    index,
    target: fields.get(`block.${index}.name`),
    path: fields.get(`block.${index}.path`),
    backingIndex: value('backingIndex'),
    readRequests: value('rd.reqs'),
    readBytes: value('rd.bytes'),
    readTimeMs: time('rd.times'),
    writeRequests: value('wr.reqs'),
    writeBytes: value('wr.bytes'),
    writeTimeMs: time('wr.times'),
    flushRequests: value('fl.reqs'),
    flushTimeMs: time('fl.times'),
    allocationBytes: value('allocation'),
    capacityBytes: value('capacity'),
    physicalBytes: value('physical'),
  };
}

function parseDomain(name: string, fields: Fields): DomainStats {
  return {
    name,
    state: parseState(fields),
    cpu: parseCpu(fields),
    balloon: parseBalloon(fields),
    vcpus: indices(fields, 'vcpu').map((index) => parseVcpu(fields, index)),
    interfaces: indices(fields, 'net').map((index) => parseInterface(fields, index)),
    blocks: indices(fields, 'block').map((index) => parseBlock(fields, index)),
    raw: Object.fromEntries(fields),
  };
}

const heading = /^Domain: '(?<name>.*)'$/;
const field = /^ {2}(?<key>[A-Za-z0-9_.@-]+)=(?<value>.*)$/;

/** Reads what the command of {@link Virsh.domstats} prints. */
export function parseVirshDomstats(stdout: string): DomainStats[] {
  const domains: { name: string; fields: Map<string, string> }[] = [];
  for (const line of stdout.split('\n')) {
    const name = heading.exec(line)?.groups?.['name'];
    if (name !== undefined) {
      domains.push({ name, fields: new Map() });
      continue;
    }
    const { key, value } = field.exec(line)?.groups ?? {};
    const fields = domains.at(-1)?.fields;
    if (key !== undefined && value !== undefined && fields !== undefined) fields.set(key, value);
    else if (line.trim() !== '')
      throw new OutputParseError('a line of virsh domstats is not name=value', { text: line });
  }
  return domains.map(({ name, fields }) => parseDomain(name, fields));
}
