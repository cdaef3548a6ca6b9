import { ruleWith, saying, type ExitErrorOptions, type ExitErrorRule } from '@quiesce/command';
import { accessRules } from './error-rules/access-rules.js';
import { datasetRules } from './error-rules/dataset-rules.js';
import { deviceRules } from './error-rules/device-rules.js';
import { mountRules } from './error-rules/mount-rules.js';
import { poolChangeRules } from './error-rules/pool-change-rules.js';
import { nameRules } from './error-rules/name-rules.js';
import { keyRules } from './error-rules/key-rules.js';
import { permissionRules } from './error-rules/permission-rules.js';
import { poolRules } from './error-rules/pool-rules.js';
import { propertyRules } from './error-rules/property-rules.js';
import { scanRules } from './error-rules/scan-rules.js';
import { snapshotRules } from './error-rules/snapshot-rules.js';
import { transferRules } from './error-rules/transfer-rules.js';
import { ZfsError } from './errors/index.js';

// receive breaks its longer sentences into two lines.
const restOfSentence = /^(?:match incremental source|since most recent snapshot|must (?:specify|destroy) )/;

/** The line that says it: pages of usage or lists of names follow it, warnings go before it. */
function oneReason({ stderr }: ExitErrorOptions): string | undefined {
  // What sudo says by itself, as that it can't resolve the name of the host, is no reason either.
  const said = stderr.split('\n').filter((line) => !line.startsWith('sudo: '));
  const found = Math.max(
    said.findIndex((line) => /^(?:cannot |zfs: error: )/.test(line)),
    0,
  );
  const [first, next = ''] = said.slice(found);
  return restOfSentence.test(next) ? `${String(first)} ${next}` : first;
}

/**
 * Which failures of zfs and zpool become which errors. The first rule that fits counts. Most of
 * them are said as `cannot <verb> '<name>': <reason>`.
 */
export const zfsErrors: readonly ExitErrorRule[] = saying(
  [
    ...keyRules,
    ...mountRules,
    ...permissionRules,
    ...poolRules,
    ...poolChangeRules,
    ...deviceRules,
    ...scanRules,
    ...snapshotRules,
    ...transferRules,
    ...datasetRules,
    ...nameRules,
    ...accessRules,
    ...propertyRules,
    ruleWith(ZfsError, {}, () => ({})),
  ],
  oneReason,
);
