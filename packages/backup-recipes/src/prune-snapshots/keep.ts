/**
 * How many snapshots are kept. Each number counts periods that hold a complete snapshot: `daily: 7`
 * keeps one for each of the newest seven days that have one. At least one number is above 0.
 */
export interface KeepRules {
  /** The newest ones. Several of the data of one run count once. */
  readonly last?: number;
  /** One for each hour. */
  readonly hourly?: number;
  /** One for each day. */
  readonly daily?: number;
  /** One for each week. Weeks begin on Monday, as ISO 8601 has them. */
  readonly weekly?: number;
  /** One for each month. */
  readonly monthly?: number;
  /** One for each year. */
  readonly yearly?: number;
  /**
   * All whose data are at most so much older than those of the newest, in milliseconds. Where no
   * backup is made for a while, none goes for its age.
   */
  readonly withinMs?: number;
}
