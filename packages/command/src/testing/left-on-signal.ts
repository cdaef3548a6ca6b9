import { getEventListeners } from 'node:events';
import { types } from 'node:util';

/**
 * How many signals of `AbortSignal.any` a signal holds: Node keeps them under a symbol of its own.
 */
export function dependantsOf(signal: AbortSignal): number {
  const key = Object.getOwnPropertySymbols(signal).find(({ description }) => description === 'kDependantSignals');
  const held: unknown = key === undefined ? undefined : Reflect.get(signal, key);
  return types.isSet(held) ? held.size : 0;
}

/** How much is left on a signal of what was started under it. */
export function leftOnSignal(signal: AbortSignal): number {
  return getEventListeners(signal, 'abort').length + dependantsOf(signal);
}
