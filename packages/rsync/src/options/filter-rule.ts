/** What any rule about names can say besides. */
interface NamedRule {
  /**
   * The pattern, as `*.tmp`, `/proc/*` or `cache/`. One that is meant as it stands, whatever is in
   * it, is made with {@link rsyncLiteralPattern}.
   */
  readonly pattern: string;
  /**
   * Meant from the root of the file system in place of the source: `/`.
   * @default false
   */
  readonly absolute?: boolean;
  /**
   * Holds for what the pattern does not fit: `!`.
   * @default false
   */
  readonly negated?: boolean;
  /**
   * Does not count in directories that are being removed: `p`.
   * @default false
   */
  readonly perishable?: boolean;
  /**
   * Is about names of extended attributes, not of files: `x`.
   * @default false
   */
  readonly xattr?: boolean;
}

/** Files to copy or to leave out. */
export interface FilterNameRule extends NamedRule {
  readonly type: 'include' | 'exclude';
  /**
   * Only what is copied (`'sender'`, as `hide` and `show`) or only what is removed (`'receiver'`,
   * as `protect` and `risk`).
   * @default both
   */
  readonly side?: 'sender' | 'receiver';
}

/** Files to hide from a copy or to show it, to protect from `delete` or to leave to it. */
export interface FilterSideRule extends NamedRule {
  readonly type: 'hide' | 'show' | 'protect' | 'risk';
}

/** A file with more rules: one that is read at once, or one in any directory. */
export interface FilterMergeRule {
  readonly type: 'merge' | 'dirMerge';
  /** The file; of `dirMerge` the name that it has in each directory, as `.rsync-filter`. */
  readonly file: string;
  /**
   * Its lines are patterns alone, all of this kind: `-`, `+`.
   * @default each line is a rule
   */
  readonly patterns?: 'exclude' | 'include';
  /**
   * Leaves the file itself out of the copy: `e`. Of `dirMerge`.
   * @default false
   */
  readonly excludeSelf?: boolean;
  /**
   * False has the rules of a directory not count in those below: `n`. Of `dirMerge`.
   * @default true
   */
  readonly inherit?: boolean;
  /**
   * Its rules are words with blanks between them: `w`.
   * @default false
   */
  readonly wordSplit?: boolean;
  /**
   * What its rules are about, as `side` of a rule.
   * @default both
   */
  readonly side?: 'sender' | 'receiver';
  /**
   * Its rules do not count in directories that are being removed: `p`.
   * @default false
   */
  readonly perishable?: boolean;
}

/** Drops all rules before it, or adds those that CVS has for what to leave out. */
export interface FilterListRule {
  readonly type: 'clear' | 'cvs';
}

/**
 * A rule of what is copied and what is removed, by its parts. The first rule that fits counts.
 *
 * @see {@link https://download.samba.org/pub/rsync/rsync.1#FILTER_RULES | rsync(1)}
 */
export type FilterRule = FilterNameRule | FilterSideRule | FilterMergeRule | FilterListRule;
