import { readFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { createGenerator, type Schema, type SchemaGenerator } from 'ts-json-schema-generator';
import { backupReportJsonSchema } from '../../packages/backup-recipes/src/report-formats/json-schema.js';

const root = path.join(import.meta.dirname, '..', '..');
const index = path.join(root, 'packages', 'backup-recipes', 'src', 'index.ts');

/** Where the JSON Schemas of plans, events and reports are published. */
export const schemaFolder: string = path.join(root, 'packages', 'backup-recipes', 'schema');

/** A schema that is published. */
export interface PublishedSchema {
  /** The type that it is of, as `BackupPlan`. */
  readonly type: string;
  /** Its file, as `backup-plan.json`. */
  readonly file: string;
}

const fileOf = (type: string): string => `${type.replaceAll(/\B[A-Z]/g, '-$&').toLowerCase()}.json`;

/** The plan, the events and the report of each recipe: a recipe is what has a plan. */
export function publishedSchemas(): readonly PublishedSchema[] {
  const exported = new Set(readFileSync(index, 'utf8').match(/\b\w+(?:Plan|Event|Report)\b/g));
  return [...exported]
    .filter((type) => exported.has(type.replace(/(?:Event|Report)$/, 'Plan')))
    .sort()
    .map((type) => ({ type, file: fileOf(type) }));
}

/** A text of a doc comment, with the names of its links. */
const plain = (text: string): string =>
  text
    .replaceAll(/\{@link(?:code|plain)?\s+(?<name>[^}|\s]+)[^}]*\}/g, '$<name>')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** Definitions have names that are good in a URI: `StepEventOfBackupStep`. */
const definitionName = (name: string): string => name.replaceAll(/<(?<of>\w+)>/g, 'Of$<of>');

function tidy(value: unknown, key?: string): unknown {
  if (typeof value === 'string') {
    if (key === 'description') return plain(value);
    return key === '$ref' ? definitionName(decodeURIComponent(value)) : value;
  }
  if (Array.isArray(value)) return value.map((one) => tidy(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      key === 'definitions' ? definitionName(name) : name,
      // A property may be called `description` too.
      tidy(inner, key === 'properties' ? undefined : name),
    ]),
  );
}

// Made once: it reads all sources.
let generator: SchemaGenerator | undefined;

function fromType(type: string, file: string): object {
  generator ??= createGenerator({
    ...{ path: index, tsconfig: path.join(root, 'tsconfig.json'), skipTypeCheck: true },
    // What a plan can do beside its data is not in its JSON. Later versions may have more keys.
    ...{ functions: 'hide', topRef: false, additionalProperties: true, jsDoc: 'extended' },
  });
  const { $schema, ...schema } = tidy(generator.createSchema(type)) as Schema;
  return { $schema, $id: `https://github.com/quiesce/quiesce/schema/${file}`, title: type, ...schema };
}

/** What stands in the file of a schema. */
export async function renderSchema({ file, type }: PublishedSchema): Promise<string> {
  // `parseReport` reads what its own schema takes.
  const schema = type === 'BackupReport' ? backupReportJsonSchema() : fromType(type, file);
  return format(JSON.stringify(schema), { parser: 'json', printWidth: 120 });
}
