import { InvalidArgumentError, type OtherRow } from '@quiesce/command';

type Told = (...told: unknown[]) => void;

function checkFunction(argument: string, value: unknown): Told {
  if (typeof value === 'function') return value as Told;
  throw new InvalidArgumentError({ argument, value, expected: 'a function' });
}

/** The row of a function that is told how far it is. */
export const progressRow: Omit<OtherRow<Told>, 'required' | 'guard'> = {
  kind: 'other',
  check: checkFunction,
  sample: () => undefined,
};
