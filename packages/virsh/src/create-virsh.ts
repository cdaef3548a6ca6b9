import { randomBytes } from 'node:crypto';
import {
  createCommandRunner,
  type CallOptions,
  type ClientOptions,
  type Command,
  type CommandOutput,
} from '@quiesce/command';
import { batchCommand, parseBatch, type BatchOptions, type BatchResult } from './batch.js';
import type { DomainDefinition } from './domain-definition.js';
import type { DomainStats } from './domain-stats.js';
import { domstateCommand, parseDomstate, type DomstateOptions, type DomstateResult } from './domstate.js';
import { domstatsCommand, type DomstatsOptions } from './domstats.js';
import { dumpxmlCommand, type DumpxmlOptions } from './dumpxml.js';
import { virshErrors } from './error-rules.js';
import { MetadataNotFoundError } from './errors.js';
import type { EventsOptions } from './event.js';
import { subscribe, type EventSubscription } from './events.js';
import { listCommand, parseList, type ListedDomain, type ListOptions } from './list.js';
import {
  metadataCommand,
  parseMetadata,
  removeMetadataCommand,
  setMetadataCommand,
  type MetadataOptions,
  type SetMetadataOptions,
} from './metadata.js';
import { checkUri } from './names.js';
import { parseDomainXml } from './parse-domain-xml.js';
import { parseDomstats } from './parse-domstats.js';
import { resumeCommand, type ResumeOptions } from './resume.js';
import { sendKeyCommand, type SendKeyOptions } from './send-key.js';
import { suspendCommand, type SuspendOptions } from './suspend.js';
import { parseUri, uriCommand } from './uri.js';
import { parseVolPath, volPathCommand, type VolPathOptions } from './vol-path.js';

/** What {@link createVirsh} takes. */
export interface VirshOptions extends ClientOptions {
  /**
   * The hypervisor to connect to, as `qemu:///system`.
   * @default virsh's own choice: `LIBVIRT_DEFAULT_URI`, else `qemu:///system` for root and `qemu:///session` for others
   */
  readonly connectUri?: string;
}

/**
 * The client for virsh. Every method throws the errors of `@quiesce/command` besides its own, and
 * {@link ConnectionFailedError} where libvirt can't be reached. A domain is given by its name or its UUID; one whose
 * name is a number only by its UUID, since virsh would take the name for an id.
 */
export interface Virsh {
  /**
   * Tells which hypervisor virsh talks to, as `qemu:///system`: what it chose by itself where no `connectUri` was given.
   *
   * @example
   * ```ts
   * const again = createVirsh({ connectUri: await virsh.uri() });
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#uri | virsh(1), uri}
   */
  uri(call?: CallOptions): Promise<string>;

  /**
   * Lists domains: those that run, unless asked for others.
   *
   * @example
   * ```ts
   * for (const { name, uuid } of await virsh.list({ all: true })) console.log(uuid, name);
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#list | virsh(1), list}
   */
  list(options?: ListOptions): Promise<ListedDomain[]>;

  /**
   * Tells the state of a domain and why it is in it.
   *
   * @throws {@link DomainNotFoundError}
   *
   * @example
   * ```ts
   * const { state, reason } = await virsh.domstate({ domain: 'MySQL' }); // 'paused', 'user'
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#domstate | virsh(1), domstate}
   */
  domstate(options: DomstateOptions): Promise<DomstateResult>;

  /**
   * Reads statistics of some or all domains in one call.
   *
   * @throws {@link DomainNotFoundError}
   *
   * @example
   * ```ts
   * const [stats] = await virsh.domstats({ domains: ['MySQL'], groups: ['state', 'block'], nowait: true });
   * console.log(stats?.blocks.map(({ target, writeBytes }) => [target, writeBytes]));
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#domstats | virsh(1), domstats}
   */
  domstats(options?: DomstatsOptions): Promise<DomainStats[]>;

  /**
   * Reads the definition of a domain: what it is made of, and its disks.
   *
   * @throws {@link DomainNotFoundError}
   *
   * @example
   * ```ts
   * const { disks, xml } = await virsh.dumpxml({ domain: 'MySQL' });
   * for (const { target, source } of disks) console.log(target, source.kind === 'file' ? source.file : source.kind);
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#dumpxml | virsh(1), dumpxml}
   */
  dumpxml(options: DumpxmlOptions): Promise<DomainDefinition>;

  /**
   * Pauses a running domain. One that is paused already stays so, without an error on QEMU.
   *
   * @throws {@link DomainNotFoundError}
   * @throws {@link DomainStateError} when it does not run.
   * @throws {@link DomainLockedError} when another job holds it for 30 seconds.
   *
   * @example
   * ```ts
   * await virsh.suspend({ domain: 'MySQL' });
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#suspend | virsh(1), suspend}
   */
  suspend(options: SuspendOptions): Promise<void>;

  /**
   * Lets a paused domain go on.
   *
   * @throws {@link DomainNotFoundError}
   * @throws {@link DomainStateError} when it does not run, and also when it is running already.
   * @throws {@link DomainLockedError} when another job holds it for 30 seconds.
   *
   * @example
   * ```ts
   * await virsh.resume({ domain: 'MySQL' });
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#resume | virsh(1), resume}
   */
  resume(options: ResumeOptions): Promise<void>;

  /**
   * Presses keys of a domain's keyboard, all at the same time. That it succeeds does not say what the guest made of it.
   *
   * @throws {@link DomainNotFoundError}
   * @throws {@link DomainStateError} when it does not run.
   * @throws {@link InvalidKeycodeError} when libvirt does not know a key.
   *
   * @example
   * ```ts
   * // The guest's Linux writes its buffers to disk, where it allows this key.
   * await virsh.sendKey({ domain: 'MySQL', keys: ['KEY_LEFTALT', 'KEY_SYSRQ', 'KEY_S'] });
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#send-key | virsh(1), send-key}
   */
  sendKey(options: SendKeyOptions): Promise<void>;

  /**
   * Reads the XML element that a domain carries in a namespace.
   *
   * @throws {@link DomainNotFoundError}
   * @throws {@link MetadataNotFoundError} when there is none.
   * @throws {@link DomainStateError} with `live`, when it does not run.
   *
   * @example
   * ```ts
   * const xml = await virsh.metadata({ domain: 'MySQL', uri: 'https://example.net/backup', live: true });
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#metadata | virsh(1), metadata}
   */
  metadata(options: MetadataOptions): Promise<string>;

  /**
   * Gives a domain an XML element of a namespace, in place of the one it had.
   *
   * @throws {@link DomainNotFoundError}
   * @throws {@link DomainStateError} with `live`, when it does not run.
   *
   * @example
   * ```ts
   * const uri = 'https://example.net/backup';
   * await virsh.setMetadata({ domain: 'MySQL', uri, key: 'backup', xml: '<run id="7"/>', live: true });
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#metadata | virsh(1), metadata}
   */
  setMetadata(options: SetMetadataOptions): Promise<void>;

  /**
   * Takes the XML element of a namespace from a domain. That there is none is no error.
   *
   * @throws {@link DomainNotFoundError}
   * @throws {@link DomainStateError} with `live`, when it does not run.
   *
   * @example
   * ```ts
   * await virsh.removeMetadata({ domain: 'MySQL', uri: 'https://example.net/backup', live: true });
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#metadata | virsh(1), metadata}
   */
  removeMetadata(options: MetadataOptions): Promise<void>;

  /**
   * Tells the path of a volume in a storage pool, as of a disk whose definition names those.
   *
   * @throws `ExitError` when there is no such pool or volume.
   *
   * @example
   * ```ts
   * const path = await virsh.volPath({ pool: 'default', volume: 'MySQL.img' });
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#vol-path | virsh(1), vol-path}
   */
  volPath(options: VolPathOptions): Promise<string>;

  /**
   * Follows events until it is left, closed, aborted, or libvirt ends the connection. virsh is started at once; the
   * client's `timeoutMs` does not apply, only one given here. Whoever does not read holds up virsh, not memory.
   *
   * @throws {@link DomainNotFoundError}, {@link ConnectionFailedError} while iterating, and from `ready`.
   *
   * @example
   * ```ts
   * await using events = virsh.events({ event: 'lifecycle' });
   * await events.ready;
   * await virsh.suspend({ domain: 'MySQL' });
   * for await (const event of events) {
   *   if (event.event === 'lifecycle' && event.type === 'Suspended') break;
   * }
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#event | virsh(1), event}
   */
  events(options?: EventsOptions): EventSubscription;

  /**
   * Runs several commands one after the other over one connection, which takes a fraction of the time that one virsh for
   * each takes. One that fails does not stop those after it: look at each result's `error`.
   *
   * @throws {@link ConnectionFailedError} when libvirt can't be reached; then none of them ran.
   *
   * @example
   * ```ts
   * const results = await virsh.batch({ commands: domains.map((domain) => suspendCommand({ domain })) });
   * const suspended = results.filter(({ error }) => error === undefined);
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html | virsh(1)}
   */
  batch(options: BatchOptions): Promise<BatchResult[]>;

  /**
   * Runs any command of virsh, with this client's connection, limits and errors: for what has no method yet.
   *
   * @throws `InvalidArgumentError` for a command of another program.
   * @throws the error that the failure means, as the methods do.
   *
   * @example
   * ```ts
   * const { stdout } = await virsh.run(createCommand('virsh', ['nodeinfo'], { effect: 'read' }));
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html | virsh(1)}
   */
  run(command: Command, call?: CallOptions): Promise<CommandOutput>;
}

/**
 * Makes a client for `virsh`.
 *
 * @throws `InvalidArgumentError` for a `connectUri` that virsh would misread.
 *
 * @example
 * ```ts
 * const virsh = createVirsh({ connectUri: 'qemu:///system', transport: sshTransport({ host: 'hypervisor' }) });
 * for (const { name } of await virsh.list()) console.log(name, await virsh.domstate({ domain: name }));
 * ```
 */
export function createVirsh(options: VirshOptions = {}): Virsh {
  const { connectUri, path } = options;
  const leading = connectUri === undefined ? [] : ['-c', checkUri('connectUri', connectUri)];
  const runner = { program: 'virsh', errors: virshErrors, leading };
  const virsh = createCommandRunner(options, runner);
  return {
    uri: async (call = {}) => virsh.read(uriCommand(call), call, parseUri),
    list: async (list = {}) => virsh.read(listCommand(list), list, parseList),
    domstate: async (state) => virsh.read(domstateCommand(state), state, parseDomstate),
    domstats: async (stats = {}) => virsh.read(domstatsCommand(stats), stats, parseDomstats),
    dumpxml: async (dump) => virsh.read(dumpxmlCommand(dump), dump, parseDomainXml),
    suspend: async (suspend) => virsh.perform(suspendCommand(suspend), suspend),
    resume: async (resume) => virsh.perform(resumeCommand(resume), resume),
    sendKey: async (keys) => virsh.perform(sendKeyCommand(keys), keys),
    metadata: async (metadata) => {
      const output = await virsh.run(metadataCommand(metadata), metadata);
      const xml = parseMetadata(output.stdout);
      if (xml === undefined) throw MetadataNotFoundError.create({ ...output, reason: 'metadata not found' });
      return xml;
    },
    setMetadata: async (metadata) => virsh.perform(setMetadataCommand(metadata), metadata),
    removeMetadata: async (metadata) => virsh.perform(removeMetadataCommand(metadata), metadata),
    volPath: async (volume) => virsh.read(volPathCommand(volume), volume, parseVolPath),
    events: (events = {}) => subscribe({ transport: virsh.transport, path, leading }, events),
    batch: async (batch) => {
      const marker = `quiesce-${randomBytes(16).toString('hex')}`;
      const output = await virsh.run(batchCommand(batch, marker), batch);
      return parseBatch(output, batch.commands, marker);
    },
    run: async (command, call) => virsh.run(command, call),
  };
}
