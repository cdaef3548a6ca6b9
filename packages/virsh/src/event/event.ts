import {
  argumentWords,
  checkOptions,
  createCommand,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { domainRow } from '../names.js';

/** Kinds of events that {@link Virsh.events} knows besides `lifecycle`. */
export type OtherEventKind = (typeof otherEventKinds)[number];

/**
 * All kinds of events that {@link Virsh.events} knows. An older libvirt may not have all of them.
 */
export type DomainEventKind = 'lifecycle' | OtherEventKind;

/** What {@link Virsh.events} takes. */
export interface VirshEventOptions extends CallOptions {
  /**
   * Only events of the domain with this name or UUID, which must exist.
   * @default of all domains, those too that are made later
   */
  readonly domain?: string;
  /**
   * Only events of this kind.
   * @default all
   */
  readonly event?: DomainEventKind;
}

// prettier-ignore
const otherEventKinds = [
  'reboot', 'rtc-change', 'watchdog', 'io-error', 'graphics', 'io-error-reason', 'control-error', 'block-job',
  'disk-change', 'tray-change', 'pm-wakeup', 'pm-suspend', 'balloon-change', 'pm-suspend-disk', 'device-removed',
  'block-job-2', 'tunable', 'agent-lifecycle', 'device-added', 'migration-iteration', 'job-completed',
  'device-removal-failed', 'metadata-change', 'block-threshold', 'memory-failure', 'memory-device-size-change',
  'nic-mac-change',
] as const;

/** What a lifecycle event says that happened. */
export type LifecycleType = (typeof lifecycleTypes)[number];

// prettier-ignore
const lifecycleTypes = [
  'Defined', 'Undefined', 'Started', 'Suspended', 'Resumed', 'Stopped', 'Shutdown', 'PMSuspended', 'Crashed',
] as const;

/** A domain was defined, started, paused, resumed or ended. */
export interface LifecycleEvent {
  readonly event: 'lifecycle';
  /** When virsh received it, by the clock of the machine where virsh runs. */
  readonly timestamp: Date;
  /** Name of the domain. */
  readonly domain: string;
  readonly type: LifecycleType;
  /** More about it, in the words of virsh, as `Paused` for a domain that someone suspended. */
  readonly detail: string;
}

/** Any other event of a domain. */
export interface OtherEvent {
  readonly event: OtherEventKind;
  /** When virsh received it, by the clock of the machine where virsh runs. */
  readonly timestamp: Date;
  /** Name of the domain. */
  readonly domain: string;
  /** What virsh printed about it, as `type element, uri https://example.net/backup`. */
  readonly detail: string;
}

/**
 * A line that is none of the others: an event of a newer libvirt, or a further line of the event
 * before it.
 */
export interface UnknownEvent {
  readonly event: 'unknown';
  /** The line as virsh printed it. */
  readonly text: string;
}

/** What {@link Virsh.events} yields. */
export type DomainEvent = LifecycleEvent | OtherEvent | UnknownEvent;

/** The words of {@link VirshEventOptions}. */
export const virshEventRows: Rows<VirshEventOptions> = {
  domain: { kind: 'text', option: domainRow.option, check: domainRow.check, sample: domainRow.sample },
  event: { kind: 'choice', option: '--event=', values: ['lifecycle', ...otherEventKinds] },
};

/** Builds the command of {@link Virsh.events}. See virsh(1), `event`. */
export function virshEventCommand(options: VirshEventOptions = {}): Command {
  const checked = checkOptions<VirshEventOptions>(virshEventRows, options);
  const words = [...argumentWords(virshEventRows, checked), ...(checked.event === undefined ? ['--all'] : [])];
  return createCommand('virsh', ['event', ...words, '--loop', '--timestamp'], { effect: 'read' });
}

const when = String.raw`^(?<date>\d{4}-\d\d-\d\d) (?<time>\d\d:\d\d:\d\d\.\d{3})(?<hours>[+-]\d\d)(?<minutes>\d\d): `;
// A name can hold `': ` itself: up to the last one, because what follows a lifecycle event never
// does.
const lifecycle = new RegExp(`${when}event 'lifecycle' for domain '(?<domain>.*)': (?<type>\\S+) (?<detail>.*)$`);
// Up to the first, because what follows the others may hold one.
const other = new RegExp(
  `${when}event '(?<event>[a-z0-9-]+)' for domain '(?<domain>.*?)'(?:$|:$|: (?=.)| (?=disk ))(?<detail>.*)$`,
);
const closing = /^(?:event loop (?:interrupted|timed out)|events received: \d+|)$/;

function timestampOf({ date, time, hours, minutes }: Readonly<Record<string, string>>): Date {
  return new Date(`${date ?? ''}T${time ?? ''}${hours ?? ''}:${minutes ?? ''}`);
}

/**
 * Reads one line that the command of {@link Virsh.events} prints. Undefined for virsh's own closing
 * words.
 */
export function parseVirshEvent(line: string): DomainEvent | undefined {
  const first = lifecycle.exec(line)?.groups;
  const type = lifecycleTypes.find((known) => known === first?.['type']);
  if (first !== undefined && type !== undefined) {
    const { domain = '', detail = '' } = first;
    return { event: 'lifecycle', timestamp: timestampOf(first), domain, type, detail };
  }
  const second = other.exec(line)?.groups;
  const event = otherEventKinds.find((known) => known === second?.['event']);
  if (second !== undefined && event !== undefined) {
    const { domain = '', detail = '' } = second;
    return { event, timestamp: timestampOf(second), domain, detail };
  }
  return closing.test(line) ? undefined : { event: 'unknown', text: line };
}
