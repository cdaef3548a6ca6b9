import { checkArgument } from '@quiesce/command';

const propertyName = /^[a-z0-9:_.-]+$/;

/** Checks the name of a native or user property. */
export function checkProperty(argument: string, value: string): string {
  const expected = 'the name of a property: small letters, digits and : _ . -, 256 bytes at most';
  return checkArgument(argument, value, { pattern: propertyName, expected, maximumBytes: 256 });
}

/** `-o name=value` for each property. */
export function propertyArguments(properties: Readonly<Record<string, string>>): string[] {
  return Object.entries(properties).flatMap(([name, value]) => ['-o', `${checkProperty('properties', name)}=${value}`]);
}
