export { argumentWords, checkedWords } from './arguments/argument-words.js';
export { checkClientOptions, programRow } from './arguments/check-client-options.js';
export { checkOptions, checkSettings, isPlainObject, type Checked } from './arguments/check-options.js';
export { nestedTable, type MethodRow, type MethodTable, type NestedTable } from './arguments/method-table.js';
export { type WithoutMethod } from './arguments/without-method.js';
export {
  type AnyRows,
  type AnyTable,
  type ArgumentTable,
  type ChoiceRow,
  type ExclusiveTable,
  type FlagRow,
  type GroupRow,
  type IntegerRow,
  type ListRow,
  type OneOrManyRow,
  type OtherRow,
  type RecordRow,
  type RowOf,
  type Rows,
  type SomeRow,
  type TextRow,
  type Variants,
  type VariantsTable,
} from './arguments/rows.js';
export { bytes, type BytesOptions } from './bytes.js';
export { checkArgument, checkInteger, type ArgumentGrammar } from './check-argument.js';
export { createCommandRunner, type CommandRunner, type CommandRunnerOptions } from './client.js';
export { type CallOptions, type ClientOptions } from './client-options.js';
export { type Command, type CommandEffect, type CommandStop } from './command.js';
export { createCommand, type CreateCommandOptions } from './create-command.js';
export { type DisposalOf } from './disposal.js';
export { dryRun, type DryRunTransport } from './dry-run.js';
export {
  AbortedError,
  CommandError,
  ExitError,
  InvalidArgumentError,
  OutputParseError,
  OutputTooLargeError,
  PrivilegeError,
  SpawnError,
  TimeoutError,
  traceCall,
  TransportError,
  type CommandErrorOptions,
  type ExitErrorOptions,
  type OwnFields,
  type StoppedOptions,
} from './errors.js';
export {
  mapExitError,
  rule,
  ruleWith,
  saying,
  type ExitErrorClass,
  type ExitErrorRule,
  type FailureMatch,
  type MatchGroups,
} from './exit-error-rules.js';
export { feed } from './feed.js';
export { lineBatches, lines, type LinesOptions } from './lines.js';
export { linkSignals } from './link-signals.js';
export { localTransport } from './local-transport.js';
export { parseInteger } from './parse-number.js';
export { parseOutput } from './parse-output.js';
export { pipe, type PipeOptions, type PipeStage } from './pipe.js';
export { quoteWord, quoteWords } from './quote.js';
export { recording, type CommandRecord, type RecordingTransport } from './recording.js';
export { run, type CommandOutput, type RunOptions } from './run.js';
export { sshArguments, sshRows, type SshOptions } from './ssh-options.js';
export { sshTransport, type SshTransport } from './ssh-transport.js';
export { sudo, type SudoOptions } from './sudo.js';
export { describeCommand, toShell } from './to-shell.js';
export { type CommandResult, type RunningCommand, type StartOptions, type Transport } from './transport.js';
