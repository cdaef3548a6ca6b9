export { type DomainState } from './domain-state.js';
export {
  type BalloonStats,
  type BlockStats,
  type CpuStats,
  type DomainStats,
  type InterfaceStats,
  type StateStats,
  type VcpuStats,
} from './domain-stats.js';
export {
  parseVirshDomstate,
  virshDomstateCommand,
  type DomstateResult,
  type VirshDomstateOptions,
} from './domstate.js';
export { parseVirshDomstats } from './domstats-parse.js';
export {
  virshDomstatsCommand,
  type DomstatsFilter,
  type DomstatsGroup,
  type VirshDomstatsOptions,
} from './domstats.js';
export {
  parseVirshDomtime,
  virshDomtimeCommand,
  virshDomtimeSetCommand,
  type VirshDomtimeOptions,
  type VirshDomtimeSetNowOptions,
  type VirshDomtimeSetOptions,
  type VirshDomtimeSetTimeOptions,
  type VirshDomtimeSyncOptions,
} from './domtime.js';
export { parseVirshList, virshListCommand, type ListedDomain, type ListState, type VirshListOptions } from './list.js';
export type { MonitorMethods } from './monitor-methods.js';
