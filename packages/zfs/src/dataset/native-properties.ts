/** Properties of datasets whose value is a number: bytes, counts, seconds, ratios. */
type NumberName =
  | 'available'
  | 'compressratio'
  | 'copies'
  | 'createtxg'
  | 'filesystem_count'
  | 'filesystem_limit'
  | 'logicalreferenced'
  | 'logicalused'
  | 'objsetid'
  | 'pbkdf2iters'
  | 'quota'
  | 'recordsize'
  | 'refcompressratio'
  | 'referenced'
  | 'refquota'
  | 'refreservation'
  | 'reservation'
  | 'snapshot_count'
  | 'snapshot_limit'
  | 'special_small_blocks'
  | 'used'
  | 'usedbychildren'
  | 'usedbydataset'
  | 'usedbyrefreservation'
  | 'usedbysnapshots'
  | 'userrefs'
  | 'version'
  | 'volblocksize'
  | 'volsize'
  | 'written';

/** Numbers whose property names a user, a group, a project, a snapshot or a bookmark. */
type NumberOf =
  `${'user' | 'group' | 'project'}${'' | 'obj'}${'used' | 'quota'}@${string}` | `written${'@' | '#'}${string}`;

type FlagName =
  | 'atime'
  | 'defer_destroy'
  | 'devices'
  | 'exec'
  | 'longname'
  | 'mounted'
  | 'nbmand'
  | 'overlay'
  | 'readonly'
  | 'relatime'
  | 'setuid'
  | 'utf8only'
  | 'volthreading'
  | 'vscan'
  | 'zoned';

type TimeName = 'creation' | 'snapshots_changed';

/** Texts that are one of a few words, names or numbers: nobody can write others. */
type WordName =
  | 'aclinherit'
  | 'aclmode'
  | 'acltype'
  | 'canmount'
  | 'casesensitivity'
  | 'checksum'
  | 'compression'
  | 'dedup'
  | 'direct'
  | 'dnodesize'
  | 'encryption'
  | 'encryptionroot'
  | 'guid'
  | 'keyformat'
  | 'keystatus'
  | 'logbias'
  | 'normalization'
  | 'origin'
  | 'prefetch'
  | 'primarycache'
  | 'receive_resume_token'
  | 'redundant_metadata'
  | 'secondarycache'
  | 'snapdev'
  | 'snapdir'
  | 'sync'
  | 'type'
  | 'volmode'
  | 'xattr';

/** What a value of a property can be. */
export type PropertyValue = string | number | boolean | Date;

/** What the value of a property is, by its name: text where it is not known to be anything else. */
export type ValueOf<Name extends string> = string extends Name
  ? PropertyValue
  : Name extends NumberName | NumberOf
    ? number
    : Name extends FlagName
      ? boolean
      : Name extends TimeName
        ? Date
        : string;

/** What the value of a native property is. */
type Kind = 'number' | 'flag' | 'time' | 'word';

const named = <Name extends string>(kind: Kind, names: Readonly<Record<Name, true>>): [string, Kind][] =>
  Object.keys(names).map((name) => [name, kind]);

/** Native properties that nobody can write a text of their own into, and what their values are. */
const kinds: ReadonlyMap<string, Kind> = new Map([
  ...named<NumberName>('number', {
    available: true,
    compressratio: true,
    copies: true,
    createtxg: true,
    filesystem_count: true,
    filesystem_limit: true,
    logicalreferenced: true,
    logicalused: true,
    objsetid: true,
    pbkdf2iters: true,
    quota: true,
    recordsize: true,
    refcompressratio: true,
    referenced: true,
    refquota: true,
    refreservation: true,
    reservation: true,
    snapshot_count: true,
    snapshot_limit: true,
    special_small_blocks: true,
    used: true,
    usedbychildren: true,
    usedbydataset: true,
    usedbyrefreservation: true,
    usedbysnapshots: true,
    userrefs: true,
    version: true,
    volblocksize: true,
    volsize: true,
    written: true,
  }),
  ...named<FlagName>('flag', {
    atime: true,
    defer_destroy: true,
    devices: true,
    exec: true,
    longname: true,
    mounted: true,
    nbmand: true,
    overlay: true,
    readonly: true,
    relatime: true,
    setuid: true,
    utf8only: true,
    volthreading: true,
    vscan: true,
    zoned: true,
  }),
  ...named<TimeName>('time', { creation: true, snapshots_changed: true }),
  ...named<WordName>('word', {
    aclinherit: true,
    aclmode: true,
    acltype: true,
    canmount: true,
    casesensitivity: true,
    checksum: true,
    compression: true,
    dedup: true,
    direct: true,
    dnodesize: true,
    encryption: true,
    encryptionroot: true,
    guid: true,
    keyformat: true,
    keystatus: true,
    logbias: true,
    normalization: true,
    origin: true,
    prefetch: true,
    primarycache: true,
    receive_resume_token: true,
    redundant_metadata: true,
    secondarycache: true,
    snapdev: true,
    snapdir: true,
    sync: true,
    type: true,
    volmode: true,
    xattr: true,
  }),
]);

const numberOf = /^(?:(?:user|group|project)(?:obj)?(?:used|quota)@|written[@#])/;
const flags: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['yes', true],
  ['off', false],
  ['no', false],
]);

const kindOf = (name: string): Kind | undefined => kinds.get(name) ?? (numberOf.test(name) ? 'number' : undefined);

/** Whether nobody can write a text of their own into this property. */
export function isNotFreeText(name: string): boolean {
  return kindOf(name) !== undefined;
}

function readNumber(text: string): number | undefined {
  // `1.52x` where a release shows ratios so; `none` and the like are no number.
  const number = Number(text.endsWith('x') ? text.slice(0, -1) : text);
  // What has no limit is 2 ** 64 - 1.
  return text !== '' && number <= Number.MAX_SAFE_INTEGER ? number : undefined;
}

/** Makes the reader of a property's values: undefined for those that its kind has no value for. */
export function valueReader(name: string): (text: string) => PropertyValue | undefined {
  switch (kindOf(name)) {
    case 'number':
      return readNumber;
    case 'flag':
      return (text) => flags.get(text);
    case 'time':
      return (text) => {
        const seconds = readNumber(text);
        return seconds === undefined ? undefined : new Date(seconds * 1000);
      };
    case 'word':
    case undefined:
      return (text) => text;
  }
}
