import type { CallOptions } from '../client-options.js';

/**
 * What every row can say. A row is plain data: one option of a method, how its value is checked,
 * and which words of the command line it becomes.
 */
interface AnyRow {
  /**
   * The tool's name of the option. With a `=` or `-` at the end its value is part of the same word,
   * else it is the next word. A row without one becomes no word by itself: a builder writes it, as
   * a name at the end of the line.
   */
  readonly option?: string;
  /** Whether it must be given. */
  readonly required?: true;
  /** What it is for keeps something from happening: given, it must not be undefined. */
  readonly guard?: true;
  /** The release of the tool that brought it, where not all have it. */
  readonly since?: string;
}

/** True or false. */
export interface FlagRow extends AnyRow {
  readonly kind: 'flag';
  /** The word for false, where there is one. */
  readonly off?: string;
}

/** A whole number. */
export interface IntegerRow extends AnyRow {
  readonly kind: 'integer';
  /** @default 0 */
  readonly minimum?: number;
  /** @default 2 ** 53 - 1 */
  readonly maximum?: number;
  /** Written after the number, as `b` for bytes. */
  readonly unit?: string;
  /** What else a value must be, completing «expected …»: a right one is returned. */
  readonly check?: (argument: string, value: number) => number;
  /** A right value, for tests. */
  readonly sample?: number;
}

/** A text. */
export interface TextRow extends AnyRow {
  readonly kind: 'text';
  /** Returns a value that is right, as the word that it becomes, and throws for any other. */
  readonly check: (argument: string, value: string) => string;
  /** A right value, for tests and tables. */
  readonly sample: string;
}

/** One of a few words. */
export interface ChoiceRow<Value extends string> extends AnyRow {
  readonly kind: 'choice';
  readonly values: readonly Value[];
}

/**
 * A list, each value of which the row `each` is about. `option` stands before each value, or once
 * where `join` is given.
 */
export interface ListRow<Item> extends AnyRow {
  readonly kind: 'list';
  readonly each: RowOf<Item>;
  /** What stands between the values where all are one word. */
  readonly join?: string;
  /** A list that only adds something may be empty; any other has to name something. */
  readonly mayBeEmpty?: true;
  /** The most values that it may have. */
  readonly most?: number;
}

/** One word or a list of them: the same to the builder, which sees a list. */
export interface OneOrManyRow<Item extends string> extends Omit<ListRow<Item>, 'kind'> {
  readonly kind: 'one-or-many';
}

/** Names with a value each, as properties: `option` before each `name=value`. */
export interface RecordRow extends AnyRow {
  readonly kind: 'record';
  readonly name: TextRow;
  readonly value: TextRow;
  readonly mayBeEmpty?: true;
}

/** Options in an option. */
export interface GroupRow<Value> extends AnyRow {
  readonly kind: 'group';
  readonly rows: Rows<Value>;
}

/** Anything else: what the value must be is a function, and the builder writes the words. */
export interface OtherRow<Value> extends AnyRow {
  readonly kind: 'other';
  /**
   * Returns the value where it is right, a copy of what is not a single value, and throws for any
   * other.
   */
  readonly check: (argument: string, value: unknown) => Value;
  /** A right value, for tests. */
  readonly sample: Value;
}

/** The kinds of rows that fit a type of value. */
export type RowOf<Value> =
  | OtherRow<Value>
  | ([Value] extends [boolean]
      ? FlagRow
      : [Value] extends [number]
        ? IntegerRow
        : [Value] extends [string]
          ? [string] extends [Value]
            ? TextRow
            : ChoiceRow<Value>
          : [Value] extends [readonly (infer Item)[]]
            ? ListRow<Item>
            : [Value] extends [string | readonly string[]]
              ? OneOrManyRow<Extract<Value, string>>
              : [Value] extends [Readonly<Record<string, string>>]
                ? [string] extends [keyof Value]
                  ? RecordRow
                  : GroupRow<Value>
                : GroupRow<Value>);

type OwnOptions<Options> = Omit<Options, keyof CallOptions>;

type IsOptional<Options, Name extends keyof Options> =
  Partial<Pick<Options, Name>> extends Pick<Options, Name> ? true : false;

/**
 * One row for each option of a method, in the order in which the words are written. A missing row,
 * one too many, and one of another kind than its option are errors of the compiler.
 */
export type Rows<Options> = {
  readonly [Name in keyof OwnOptions<Options>]-?: RowOf<NonNullable<OwnOptions<Options>[Name]>> &
    (IsOptional<OwnOptions<Options>, Name> extends true ? { readonly required?: never } : { readonly required: true });
};

/** Rows of a method that takes one of several kinds of options. */
export type Variants<Options> =
  /** Told apart by the value of one option, which each has. */
  | { readonly by: string & keyof Options; readonly variants: VariantsBy<Options> }
  /**
   * Told apart by which options there are: the first that has the first of the required options.
   */
  | { readonly exclusive: readonly [RowsOfEach<Options>, RowsOfEach<Options>, ...RowsOfEach<Options>[]] };

type RowsOfEach<Options> = Options extends unknown ? Rows<Options> : never;

/** The rows of each variant, by the value that tells it. */
export type VariantsBy<Options> = Readonly<Record<string, RowsOfEach<Options>>>;

type IsUnion<Options, Whole = Options> = Options extends unknown ? ([Whole] extends [Options] ? false : true) : never;

/** What the options of a method are checked by. */
export type ArgumentTable<Options> = true extends IsUnion<Options> ? Variants<Options> : Rows<Options>;

/** Rows of any method, as tests and tables take them. */
export type AnyRows = Readonly<Record<string, SomeRow>>;

/** Rows by the value of one option. */
export interface VariantsTable {
  readonly by: string;
  readonly variants: Readonly<Record<string, AnyRows>>;
}

/** Rows by which options there are. */
export interface ExclusiveTable {
  readonly exclusive: readonly AnyRows[];
}

/** A table of any method. */
export type AnyTable = AnyRows | VariantsTable | ExclusiveTable;

/** Whether rows are told apart by the value of one option. */
export function isVariants(table: AnyTable): table is VariantsTable {
  return typeof (table as Partial<VariantsTable>).by === 'string';
}

/** Whether rows are told apart by which options there are. */
export function isExclusive(table: AnyTable): table is ExclusiveTable {
  return Array.isArray((table as Partial<ExclusiveTable>).exclusive);
}

/** A row of any option. */
export type SomeRow =
  | FlagRow
  | IntegerRow
  | TextRow
  | ChoiceRow<string>
  | (Omit<ListRow<string>, 'each'> & { readonly each: SomeRow })
  | (Omit<OneOrManyRow<string>, 'each'> & { readonly each: SomeRow })
  | RecordRow
  | (Omit<GroupRow<never>, 'rows'> & { readonly rows: AnyRows })
  | OtherRow<unknown>;
