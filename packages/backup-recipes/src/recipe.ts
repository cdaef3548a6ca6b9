/** What `run` of every recipe takes. */
export interface RunRecipeOptions<Event> {
  /**
   * Stops the recipe. What it began is undone first: domains resumed, mounts and snapshots of the
   * run removed.
   */
  readonly signal?: AbortSignal | undefined;
  /** Called with everything that happens, as it happens. What it throws is ignored. */
  readonly onEvent?: ((event: Event) => void) | undefined;
}

/**
 * A job that is composed of the clients: validated options with the same two methods for every
 * recipe.
 */
export interface Recipe<Plan, Report, Event> {
  /** What it is called: the name of its function, and `recipe` in its report. */
  readonly name: string;
  /** Looks at the host without changing it and returns what `run` would do. */
  plan(options?: { readonly signal?: AbortSignal | undefined }): Promise<Plan>;
  /** Does it. */
  run(options?: RunRecipeOptions<Event>): Promise<Report>;
}
