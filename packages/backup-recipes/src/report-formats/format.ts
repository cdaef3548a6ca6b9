const units = ['KiB', 'MiB', 'GiB', 'TiB'] as const;

/**
 * Bytes for people, in powers of 1024.
 *
 * @example
 * ```ts
 * console.log(formatBytes(67_108_864)); // 64.0 MiB
 * ```
 */
export function formatBytes(bytes: number): string {
  if (bytes < 1023.5) return `${String(Math.round(bytes))} B`;
  let value = bytes / 1024;
  let unit: string = units[0];
  for (const next of units.slice(1)) {
    // What would be printed as 1024.0 is 1.0 of the next.
    if (value < 1023.95) break;
    value /= 1024;
    unit = next;
  }
  return `${value.toFixed(1)} ${unit}`;
}

/**
 * A duration for people, from milliseconds.
 *
 * @example
 * ```ts
 * console.log(formatDuration(2449)); // 2.4 s
 * console.log(formatDuration(72_300)); // 1 min 12 s
 * console.log(formatDuration(7_500_000)); // 2 h 5 min
 * ```
 */
export function formatDuration(milliseconds: number): string {
  if (milliseconds <= -50) return `−${formatDuration(-milliseconds)}`;
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
}

/** A moment for people, as `2013-03-24 00:39:46 UTC`. */
export function formatMoment(moment: Date): string {
  return Number.isNaN(moment.getTime()) ? 'an unknown time' : moment.toISOString().replace(/T(.*)\..*/, ' $1 UTC');
}

/** `1 guest`, `2 guests`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}

/**
 * A text in which nothing steers a terminal or hides: control characters, and those that turn the
 * direction of writing, become visible.
 */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}
