export { batchCommand, parseBatch, toVirshLine, type BatchOptions, type BatchResult } from './batch.js';
export { createVirsh, type Virsh, type VirshOptions } from './create-virsh.js';
export type { DiskSource, DomainDefinition, DomainDisk } from './domain-definition.js';
export type { DomainState } from './domain-state.js';
export type {
  BalloonStats,
  BlockStats,
  CpuStats,
  DomainStats,
  InterfaceStats,
  StateStats,
  VcpuStats,
} from './domain-stats.js';
export { domstateCommand, parseDomstate, type DomstateOptions, type DomstateResult } from './domstate.js';
export { domstatsCommand, type DomstatsFilter, type DomstatsGroup, type DomstatsOptions } from './domstats.js';
export { dumpxmlCommand, type DumpxmlOptions } from './dumpxml.js';
export { virshErrors } from './error-rules.js';
export * from './errors.js';
export {
  eventCommand,
  parseEvent,
  type DomainEvent,
  type DomainEventKind,
  type EventsOptions,
  type LifecycleEvent,
  type LifecycleType,
  type OtherEvent,
  type OtherEventKind,
  type UnknownEvent,
} from './event.js';
export type { EventSubscription, SubscriptionReady } from './events.js';
export { linuxKeys, type LinuxKey } from './linux-keys.js';
export { listCommand, parseList, type ListedDomain, type ListOptions, type ListState } from './list.js';
export {
  metadataCommand,
  parseMetadata,
  removeMetadataCommand,
  setMetadataCommand,
  type MetadataOptions,
  type SetMetadataOptions,
} from './metadata.js';
export { parseDomainXml } from './parse-domain-xml.js';
export { parseDomstats } from './parse-domstats.js';
export { quoteVirshWord } from './quote-word.js';
export { resumeCommand, type ResumeOptions } from './resume.js';
export {
  sendKeyCommand,
  type Codeset,
  type SendKeyOptions,
  type SendLinuxKeyOptions,
  type SendOtherKeyOptions,
} from './send-key.js';
export { suspendCommand, type SuspendOptions } from './suspend.js';
export { parseUri, uriCommand } from './uri.js';
export { parseVolPath, volPathCommand, type VolPathOptions } from './vol-path.js';
