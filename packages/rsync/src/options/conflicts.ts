import { InvalidArgumentError, type Checked } from '@quiesce/command';
import { isDaemon, isSsh } from './endpoints.js';
import { checkFilters } from './filter-words.js';
import type { RsyncEndpoint } from './remote.js';
import type { RsyncOptions } from './sync-options.js';

type Options = Partial<Checked<RsyncOptions>>;
type Name = keyof RsyncOptions;

interface Conflict {
  /** The property to blame. */
  readonly argument: Name;
  readonly when: (options: Options) => boolean;
  readonly expected: string;
}

/** Whether an option is given and says more than nothing. */
const has = (options: Options, name: Name): boolean => options[name] !== undefined && options[name] !== false;

/** Of several options each after the first is one too many. */
function onlyOne(names: readonly Name[], reason: string): Conflict[] {
  return names.slice(1).map((argument, index) => ({
    argument,
    when: (options) => has(options, argument) && names.slice(0, index + 1).some((name) => has(options, name)),
    expected: `only one of ${names.join(', ')}: ${reason}`,
  }));
}

/** Each of some options can't stand with any of others. */
function apart(names: readonly Name[], others: readonly Name[], reason: string): Conflict[] {
  return names.flatMap((argument) =>
    others.map((other) => ({
      argument,
      when: (options) => has(options, argument) && has(options, other),
      expected: `not both ${argument} and ${other}: ${reason}`,
    })),
  );
}

/** Whether it may be given in words that are not looked at. */
const hasOther = ({ extraArguments = [], remoteOptions = [] }: Options): boolean =>
  extraArguments.length > 0 || remoteOptions.length > 0;

/** An option that does nothing, without a word of rsync, unless one of others is given. */
function needs(argument: Name, others: readonly Name[], reason: string): Conflict {
  return {
    argument,
    when: (options) => has(options, argument) && !hasOther(options) && !others.some((name) => has(options, name)),
    expected: `${others.join(' or ')} with it: ${reason}`,
  };
}

const deletes: readonly Name[] = [
  ...(['delete', 'deleteBefore', 'deleteDuring', 'deleteDelay', 'deleteAfter', 'deleteExcluded'] as const),
];

/** Whether rsync looks into directories, as the last word about it says. */
function goesIntoDirectories({ archive, dirs, files, filesFrom, oldDirs, recursive }: Options): boolean {
  if (oldDirs === true || dirs === true) return true;
  // With a list of files `archive` does not mean it any more, and `dirs` is on by itself.
  const isListed = files !== undefined || filesFrom !== undefined;
  return !isListed ? (recursive ?? archive === true) : dirs === undefined || recursive === true;
}

const inplaces: readonly Name[] = ['inplace', 'append', 'appendVerify', 'writeDevices'];
const endpointsOf = ({ destination, source }: Options): readonly RsyncEndpoint[] =>
  [source ?? [], destination ?? []].flat();
const connects = (options: Options): boolean => endpointsOf(options).some((endpoint) => isDaemon(endpoint));
const lists: readonly Name[] = ['files', 'filesFrom'];

/** Whether rsync reads rules from files: `from0` says how all of them are written. */
const readsRules = ({ excludeFrom, filters = [], includeFrom }: Options): boolean =>
  includeFrom !== undefined ||
  excludeFrom !== undefined ||
  checkFilters('filters', filters).some((rule) => /^(?:[.:]|merge|dir-merge)/.test(rule));

const daemonOnly: readonly Name[] = [
  ...(['passwordFile', 'connectTimeoutSeconds', 'earlyInput', 'address', 'sockopts'] as const),
];

/** Whether something is kept from being removed, or may be by rules that are read later. */
const protects = (options: Options): boolean =>
  readsRules(options) || checkFilters('filters', options.filters ?? []).some((rule) => /^(?:P|protect)/.test(rule));

const conflicts: readonly Conflict[] = [
  // rsync allows it since 3.1.3, and then writes the whole file again: RsyncProject/rsync#799.
  ...apart(
    ['sparse'],
    ['inplace', 'writeDevices'],
    'together they rewrite every file and so fill the snapshots of the destination',
  ),
  ...apart(['partialDir'], inplaces, 'with inplace the partial file is the file itself'),
  ...apart(['delayUpdates'], inplaces, 'what is written into the file itself can not come later'),
  ...apart(['wholeFile'], ['append', 'appendVerify'], 'a whole file is not added to another'),
  ...onlyOne(['append', 'appendVerify'], 'one checks what the destination has, the other does not'),
  ...deletes.map((argument): Conflict => ({
    argument,
    when: (options) => has(options, argument) && !goesIntoDirectories(options),
    expected: 'archive, recursive or dirs with it: without going into directories nothing can be compared',
  })),
  ...deletes.map((argument): Conflict => ({
    argument,
    when: (options) => has(options, argument) && has(options, 'omitMountPoints') && !protects(options),
    expected:
      'oneFileSystem in place of omitMountPoints, or a filter that protects: what the destination has where the source has a mount point would be removed',
  })),
  ...onlyOne(['deleteBefore', 'deleteDuring', 'deleteDelay', 'deleteAfter'], 'files are removed at one time'),
  ...onlyOne(['compareDest', 'copyDest', 'linkDest'], 'rsync does one thing with what it finds elsewhere'),
  {
    argument: 'usermap',
    when: ({ chown, usermap }) => usermap !== undefined && chown?.user !== undefined,
    expected: 'not both usermap and chown.user: chown is a map for all users',
  },
  {
    argument: 'groupmap',
    when: ({ chown, groupmap }) => groupmap !== undefined && chown?.group !== undefined,
    expected: 'not both groupmap and chown.group: chown is a map for all groups',
  },
  ...apart(['fakeSuper'], ['super'], 'one pretends what the other does'),
  ...apart(['rsyncXattrs'], ['fakeSuper'], 'fakeSuper writes those attributes itself'),
  needs('fuzzyAlternates', ['compareDest', 'copyDest', 'linkDest'], 'fuzzy looks in the destination alone'),
  ...onlyOne(['ipv4', 'ipv6'], 'one is preferred'),
  ...onlyOne(['stopAfterMinutes', 'stopAt'], 'a run ends once'),
  ...onlyOne(['writeBatch', 'onlyWriteBatch', 'readBatch'], 'a run has one batch file'),
  ...apart(['readBatch'], ['files', 'filesFrom', 'removeSourceFiles'], 'a batch has no source'),
  {
    argument: 'readBatch',
    when: ({ destination, readBatch }) => readBatch !== undefined && typeof destination !== 'string',
    expected: 'a local destination with it: a batch is read where it is written',
  },
  ...lists.map((argument): Conflict => ({
    argument,
    when: (options) => has(options, argument) && [options.source].flat().length > 1,
    expected: 'one source with it: the paths in the list are meant from there',
  })),
  ...onlyOne(lists, 'a run has one list of files'),
  {
    argument: 'files',
    when: (options) => options.files !== undefined && options.from0 !== true && readsRules(options),
    expected:
      'from0 with it where rules are read from files, with a NUL after each: rsync reads them as it does this list',
  },
  ...apart(['insecureLinks'], ['confineRoot'], 'one opens what the other closes'),
  {
    argument: 'checksum',
    when: ({ checksum, checksumChoice }) => checksum === true && checksumChoice === 'none',
    expected: 'a checksumChoice with it that is not none',
  },
  {
    argument: 'checksumChoice',
    when: ({ append, appendVerify, checksumChoice, wholeFile }) =>
      checksumChoice === 'none' && (append === true || appendVerify === true || wholeFile === false),
    expected: 'not none with append, appendVerify or wholeFile: false: without checksums files are copied whole',
  },
  ...daemonOnly.map((argument): Conflict => ({
    argument,
    when: (options) => has(options, argument) && !connects(options),
    expected: 'a daemon with it, as { daemon, module }: nothing else asks for it',
  })),
  {
    argument: 'rsyncPath',
    when: (options) =>
      has(options, 'rsyncPath') && !hasOther(options) && !endpointsOf(options).some((endpoint) => isSsh(endpoint)),
    expected:
      'a path of another machine with it, as { host, path }: a daemon is its own rsync, and here it is `path` of createRsync',
  },
  needs('suffix', ['backup', 'backupDir'], 'nothing is kept without'),
  needs('logFileFormat', ['logFile'], 'nothing is written without'),
  needs('ignoreErrors', deletes, 'it is about what is removed'),
  needs('maxDelete', [...deletes, 'deleteMissingArgs', 'force'], 'nothing is removed without'),
  {
    argument: 'maximumChanges',
    when: ({ itemizeChanges, maximumChanges = 0 }) => maximumChanges > 0 && itemizeChanges !== true,
    expected: 'itemizeChanges with it: without that rsync tells no changes',
  },
];

/** Refuses options that rsync refuses together, or that defeat each other. */
export function checkConflicts(options: Options): void {
  const found = conflicts.find(({ when }) => when(options));
  if (found === undefined) return;
  throw new InvalidArgumentError({
    argument: found.argument,
    value: options[found.argument],
    expected: found.expected,
  });
}
