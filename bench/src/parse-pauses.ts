/** Milliseconds that each domain was paused, by name. */
export type Pauses = Readonly<Record<string, number>>;

const lifecycle =
  /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d{3})\+0000: event 'lifecycle' for domain '?(.+?)'?: (Suspended|Resumed) /;

/**
 * Adds up how long each domain was paused from what `virsh event --all --loop --timestamp` printed.
 * All other events are passed over.
 *
 * @throws when a domain was not resumed.
 */
export function parsePauses(output: string): Pauses {
  const pausedSince = new Map<string, number>();
  const pauses: Record<string, number> = {};
  for (const line of output.split('\n')) {
    const [, date, time, domain, change] = lifecycle.exec(line) ?? [];
    if (date === undefined || time === undefined || domain === undefined) continue;
    const at = Date.parse(`${date}T${time}Z`);
    if (change === 'Suspended') {
      pausedSince.set(domain, pausedSince.get(domain) ?? at);
      continue;
    }
    const since = pausedSince.get(domain);
    if (since === undefined) continue;
    pausedSince.delete(domain);
    pauses[domain] = (pauses[domain] ?? 0) + at - since;
  }
  if (pausedSince.size > 0) throw new Error(`never resumed: ${[...pausedSince.keys()].join(', ')}`);
  return pauses;
}
