import type { ExitError, ExitErrorOptions, OwnFields } from './errors.js';

/** One row of a client's error table: which failures it knows, and the error they become. */
export interface ExitErrorRule {
  /** Exit codes that the rule is about. Any when left out. */
  readonly exitCodes?: readonly number[];
  /** What standard error says. Anything when left out. Named groups reach `create`. */
  readonly stderr?: RegExp;
  /** Makes the typed error. */
  readonly create: (options: ExitErrorOptions, groups: Readonly<Record<string, string | undefined>>) => ExitError;
}

/** The class of an error of a client. */
export interface ExitErrorClass<Instance extends ExitError> {
  new (options: ExitErrorOptions): Instance;
  readonly errorName: string;
}

/** The fields that a pattern can fill: those that hold text. */
type TextField<Instance extends ExitError> = {
  [Name in keyof OwnFields<Instance>]: OwnFields<Instance>[Name] extends string | undefined ? Name : never;
}[keyof OwnFields<Instance>];

/**
 * All fields of a class by name, each of which holds text; never where one is left out or holds
 * something else.
 */
type AllFields<Instance extends ExitError, Names extends readonly PropertyKey[]> = [keyof OwnFields<Instance>] extends [
  Names[number] & TextField<Instance>,
]
  ? Names
  : never;

/** Which failures a rule is about. */
export type FailureMatch = Pick<ExitErrorRule, 'exitCodes' | 'stderr'>;

/** Groups of a pattern, by name. */
export type MatchGroups = Readonly<Record<string, string | undefined>>;

/**
 * A rule for what a tool says: the error's fields are the groups of those names.
 *
 * @throws `Error` when the module loads, for a field that is no group of the pattern.
 *
 * @example
 * ```ts
 * rule(PoolNotFoundError, /^cannot open '(?<pool>.+)': no such pool$/m, ['pool']);
 * ```
 */
export function rule<Instance extends ExitError, const Names extends readonly (keyof OwnFields<Instance> & string)[]>(
  type: ExitErrorClass<Instance>,
  stderr: RegExp,
  fields: AllFields<Instance, Names> & Names,
): ExitErrorRule {
  const names: readonly string[] = fields;
  const missing = names.find((name) => !stderr.source.includes(`(?<${name}>`));
  if (missing !== undefined) throw new Error(`${type.errorName}: ${String(stderr)} has no group ${missing}`);
  return {
    stderr,
    create: (options, groups) => make(type, options, Object.fromEntries(names.map((name) => [name, groups[name]]))),
  };
}

/**
 * A rule for an error whose fields are made from what a tool says, or that is told by its exit
 * code. A `reason` becomes the message.
 *
 * @example
 * ```ts
 * ruleWith(MaxDeleteError, { exitCodes: [25] }, (groups, options) => ({
 *   skipped: Number(groups['skipped']),
 * }));
 * ```
 */
export function ruleWith<Instance extends ExitError>(
  type: ExitErrorClass<Instance>,
  match: FailureMatch,
  fieldsOf: (
    groups: MatchGroups,
    options: ExitErrorOptions,
  ) => OwnFields<Instance> & { readonly reason?: string | undefined },
): ExitErrorRule {
  return {
    ...match,
    create: (options, groups) => {
      const { reason = options.reason, ...fields } = fieldsOf(groups, options);
      return make(type, { ...options, reason }, fields);
    },
  };
}

function make<Instance extends ExitError>(
  type: ExitErrorClass<Instance>,
  options: ExitErrorOptions,
  fields: object,
): Instance {
  const error = new type(options);
  Object.assign(error, fields);
  return error;
}

/** The same rules with messages that say what `reasonOf` picks from what the tool said. */
export function saying(
  rules: readonly ExitErrorRule[],
  reasonOf: (options: ExitErrorOptions) => string | undefined,
): ExitErrorRule[] {
  return rules.map((one) => ({
    ...one,
    create: (options, groups) => one.create({ ...options, reason: reasonOf(options) }, groups),
  }));
}

/** The error of the first rule that fits, or the same error where none does. */
export function mapExitError(error: ExitError, rules: readonly ExitErrorRule[]): ExitError {
  if (error.command === undefined) return error;
  const options: ExitErrorOptions = {
    command: error.command,
    exitCode: error.exitCode,
    signal: error.signal,
    stdout: error.stdout,
    stderr: error.stderr,
  };
  for (const rule of rules) {
    if (rule.exitCodes !== undefined && (error.exitCode === undefined || !rule.exitCodes.includes(error.exitCode))) {
      continue;
    }
    const match = rule.stderr === undefined ? undefined : rule.stderr.exec(error.stderr);
    if (match !== null) return rule.create(options, match?.groups ?? {});
  }
  return error;
}
