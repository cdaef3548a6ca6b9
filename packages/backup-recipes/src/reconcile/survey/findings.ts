import type { Finding } from '../finding.js';
import type { Survey } from './survey.js';

/** All that was found, in the order in which it is undone. */
export function findingsOf(found: Survey): Finding[] {
  const domains = found.domains.map(({ finding }) => finding);
  return [
    ...[...found.pauseUnits, ...domains, ...found.resumeUnits, ...found.copyUnits],
    ...[...found.mounts, ...found.volumes, ...found.restores, ...found.mountFolders, ...found.runFolders],
    ...found.bootThings,
  ];
}

/** What was found but for one run, which is under way. */
export function withoutRun(found: Survey, runId: string): Survey {
  const others = (findings: readonly Finding[]): Finding[] => findings.filter((finding) => finding.runId !== runId);
  return {
    ...found,
    domains: found.domains.filter(({ finding }) => finding.runId !== runId),
    pauseUnits: others(found.pauseUnits),
    resumeUnits: others(found.resumeUnits),
    copyUnits: others(found.copyUnits),
    mounts: others(found.mounts),
    volumes: others(found.volumes),
    restores: others(found.restores),
    mountFolders: others(found.mountFolders),
    runFolders: others(found.runFolders),
    bootThings: others(found.bootThings),
  };
}
