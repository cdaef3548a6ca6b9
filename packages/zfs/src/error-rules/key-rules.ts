import { rule, ruleWith, type ExitErrorRule } from '@quiesce/command';
import { PermissionDeniedError } from '../errors/access-errors.js';
import { DatasetBusyError } from '../errors/dataset-errors.js';
import {
  KeyLoadedError,
  KeyNotLoadedError,
  KeyUnreadableError,
  NotEncryptedError,
  NotEncryptionRootError,
  WrongKeyError,
} from '../errors/key-errors.js';
import { subject } from './parts-of-a-failure.js';

// `Key load error: …`, and of zfs create and clone `cannot create '…': …`.
const said = String.raw`^(?:Key \w+ error|cannot [^'\n]*'[^'\n]+'): `;
// What is too long or empty is from the source of zfs.
const badKey = String.raw`(?:Passphrase|Raw key|Hex key) (?:too short|too long)|Invalid hex|Empty input`;

/** Failures over the keys of encrypted datasets. */
export const keyRules: readonly ExitErrorRule[] = [
  rule(KeyLoadedError, /^Key load error: Key already loaded for '(?<dataset>[^'\n]+)'\.$/m, ['dataset']),
  rule(KeyNotLoadedError, /^Key unload error: Key already unloaded for '(?<dataset>[^'\n]+)'\.$/m, ['dataset']),
  rule(KeyNotLoadedError, /^cannot [^'\n]*'(?<dataset>[^'\n]+)': encryption key not loaded$/m, ['dataset']),
  rule(
    KeyNotLoadedError,
    /^warning: cannot send '(?<dataset>[^'@\n]+)@[^'\n]+': (?:dataset|source) key must be loaded$/m,
    ['dataset'],
  ),
  ruleWith(KeyNotLoadedError, { stderr: /^cannot receive [^':\n]+: inherited key must be loaded$/m }, (_, options) => ({
    dataset: subject(options),
  })),
  rule(
    KeyNotLoadedError,
    /^cannot create '(?<dataset>[^'\n]+)\/[^'\n/]+': encryption root's key is not loaded or provided$/m,
    ['dataset'],
  ),
  ruleWith(
    KeyNotLoadedError,
    { stderr: new RegExp(`${said}(?:Key must be loaded|Parent key must be loaded)\\.$`, 'm') },
    (_, options) => ({ dataset: subject(options) }),
  ),
  rule(WrongKeyError, /^Key load error: Incorrect key provided for '(?<dataset>[^'\n]+)'\.$/m, ['dataset']),
  ruleWith(WrongKeyError, { stderr: new RegExp(`${said}(?:${badKey})`, 'm') }, (_, options) => ({
    dataset: subject(options),
  })),
  ruleWith(
    KeyUnreadableError,
    { stderr: new RegExp(`${said}(?:Failed to open key material file: |encryption failure$)`, 'm') },
    (_, options) => ({ dataset: subject(options) }),
  ),
  rule(NotEncryptedError, /^Key \w+ error: '(?<dataset>[^'\n]+)' is not encrypted\.$/m, ['dataset']),
  ruleWith(
    NotEncryptedError,
    { stderr: /^Key change error: (?:Dataset not encrypted|Parent must be encrypted)\.$/m },
    (_, options) => ({ dataset: subject(options) }),
  ),
  rule(
    NotEncryptionRootError,
    /^Key \w+ error: Keys must be \w+ for encryption root of '(?<dataset>[^'\n]+)' \((?<encryptionRoot>[^)\n]+)\)\.$/m,
    ['dataset', 'encryptionRoot'],
  ),
  ruleWith(
    NotEncryptionRootError,
    { stderr: /^Key change error: Key inherit\w+ can only be performed on encryption roots\.$/m },
    (_, options) => ({ dataset: subject(options), encryptionRoot: undefined }),
  ),
  rule(DatasetBusyError, /^Key unload error: '(?<dataset>[^'\n]+)' is busy\.$/m, ['dataset']),
  rule(PermissionDeniedError, /^Key \w+ error: Permission denied\.$/m, []),
];
