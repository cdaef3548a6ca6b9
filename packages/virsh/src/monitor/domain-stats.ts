import type { DomainState } from './domain-state.js';

/**
 * The statistics of one domain as {@link Virsh.domstats} returns them. What was not reported is
 * undefined or empty.
 */
export interface DomainStats {
  readonly name: string;
  readonly state: StateStats | undefined;
  readonly cpu: CpuStats | undefined;
  readonly balloon: BalloonStats | undefined;
  readonly vcpus: readonly VcpuStats[];
  readonly interfaces: readonly InterfaceStats[];
  readonly blocks: readonly BlockStats[];
  /** Every field as virsh printed it, by its own name, as `{ 'block.0.wr.bytes': '161792' }`. */
  readonly raw: Readonly<Record<string, string>>;
}

/** The group `state`. */
export interface StateStats {
  /** Undefined for a state that only a newer libvirt knows. */
  readonly state: DomainState | undefined;
  /** Why it is in that state, as in {@link DomstateResult}. */
  readonly reason: string | undefined;
}

/** The group `cpu-total`. */
export interface CpuStats {
  /** Processor time of the domain and of what emulates it, in milliseconds. */
  readonly timeMs: number | undefined;
  /** The part spent in user mode, in milliseconds. */
  readonly userMs: number | undefined;
  /** The part spent in the host's kernel, in milliseconds. */
  readonly systemMs: number | undefined;
}

/** The group `balloon`. */
export interface BalloonStats {
  /** Memory that the domain has now, in bytes. */
  readonly currentBytes: number | undefined;
  /** Most memory that it can have, in bytes. */
  readonly maximumBytes: number | undefined;
  /** Memory of the host that its process takes, in bytes. */
  readonly residentBytes: number | undefined;
  /** Memory that the guest says nobody uses, in bytes. Needs the guest's balloon driver. */
  readonly unusedBytes: number | undefined;
  /**
   * Memory that the guest says it could give away without swapping, in bytes. Needs the guest's
   * balloon driver.
   */
  readonly usableBytes: number | undefined;
}

/** One virtual processor of the group `vcpu`. */
export interface VcpuStats {
  readonly index: number;
  /** Undefined for a state that only a newer libvirt knows. */
  readonly state: 'offline' | 'running' | 'blocked' | undefined;
  /** Processor time of the host that it took, in milliseconds. */
  readonly timeMs: number | undefined;
  /** Time that it waited for input or output, in milliseconds. */
  readonly waitMs: number | undefined;
  /** Time that it was ready and the host had no processor for it, in milliseconds. */
  readonly delayMs: number | undefined;
}

/** One network interface of the group `interface`. */
export interface InterfaceStats {
  readonly index: number;
  /** Name of the host's side of it, as `vnet0`. */
  readonly name: string | undefined;
  /** Bytes that the guest received. */
  readonly receivedBytes: number | undefined;
  readonly receivedPackets: number | undefined;
  readonly receivedErrors: number | undefined;
  readonly receivedDrops: number | undefined;
  /** Bytes that the guest sent. */
  readonly sentBytes: number | undefined;
  readonly sentPackets: number | undefined;
  readonly sentErrors: number | undefined;
  readonly sentDrops: number | undefined;
}

/** One disk of the group `block`, or one image of it with `backing`. */
export interface BlockStats {
  readonly index: number;
  /** The disk as the guest's definition names it: `target` of a {@link DomainDisk}. */
  readonly target: string | undefined;
  /** File or device on the host. Undefined for an empty drive and for what is not on the host. */
  readonly path: string | undefined;
  /** Which image of the backing chain it is. */
  readonly backingIndex: number | undefined;
  readonly readRequests: number | undefined;
  readonly readBytes: number | undefined;
  readonly readTimeMs: number | undefined;
  readonly writeRequests: number | undefined;
  readonly writeBytes: number | undefined;
  readonly writeTimeMs: number | undefined;
  readonly flushRequests: number | undefined;
  readonly flushTimeMs: number | undefined;
  /** The highest offset that was written, in bytes. 0 for what can't tell. */
  readonly allocationBytes: number | undefined;
  /** Size that the guest sees, in bytes. */
  readonly capacityBytes: number | undefined;
  /** Space that it takes on the host, in bytes. */
  readonly physicalBytes: number | undefined;
}
