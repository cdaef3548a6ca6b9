import { checkArgument } from '@quiesce/command';

// `compression`; `userquota@joe`, `written@monday`, `written#mark`; `quiesce:run`.
const propertyName = /^(?:[a-z0-9_]+(?:[@#][A-Za-z0-9_.:@ -]+)?|[a-z0-9_.:-]*:[a-z0-9_.:-]*)$/;

/** Checks the name of a native or user property. */
export function checkProperty(argument: string, value: string): string {
  const expected = 'the name of a property: small letters, digits and : _ . -, 255 bytes at most';
  return checkArgument(argument, value, { pattern: propertyName, expected, maximumBytes: 255 });
}

/** `name=value` for each property. */
export function assignments(properties: Readonly<Record<string, string>>): string[] {
  return Object.entries(properties).map(([name, value]) => `${checkProperty('properties', name)}=${value}`);
}

/** `-o name=value` for each property. */
export function propertyArguments(properties: Readonly<Record<string, string>>): string[] {
  return assignments(properties).flatMap((assignment) => ['-o', assignment]);
}
