import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

/**
 * What the published schema of a type, as `backup-plan`, has against the JSON of a value. The
 * schemas take keys of later versions, and so does this.
 */
export function schemaProblems(name: string, value: unknown): string[] {
  const file = path.join(import.meta.dirname, '..', 'schema', `${name}.json`);
  const schema = z.fromJSONSchema(JSON.parse(readFileSync(file, 'utf8')) as z.core.JSONSchema.JSONSchema);
  const result = schema.safeParse(JSON.parse(JSON.stringify(value)));
  return result.error === undefined ? [] : [z.prettifyError(result.error)];
}
