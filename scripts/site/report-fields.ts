/** What of a JSON Schema says something about the fields of a report. */
export interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const code = (value: unknown): string => `\`${JSON.stringify(value)}\``;

/** A type in words. */
function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(code).join(' or ');
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.type === 'array') return `list of: ${typeOf(schema.items ?? {})}`;
  return schema.format ?? schema.type ?? 'anything';
}

/** The fields below a schema: those of its parts that are objects. */
const objectsOf = (schema: Schema): readonly Schema[] => [
  ...(schema.properties === undefined ? [] : [schema]),
  ...(schema.anyOf ?? []).flatMap(objectsOf),
  ...(schema.items === undefined ? [] : objectsOf(schema.items)),
];

function fieldItems(schema: Schema, depth: number): string[] {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    [
      `${'  '.repeat(depth)}- **\`${name}\`**${required.has(name) ? '' : ' (may be missing)'}: ${typeOf(field)}.`,
      ...(field.description === undefined ? [] : [field.description]),
    ].join(' '),
    ...objectsOf(field).flatMap((object) => fieldItems(object, depth + 1)),
  ]);
}

/** The fields of what a schema describes, as a list of lists in Markdown. */
export function renderFields(schema: Schema): string {
  return `${objectsOf(schema)
    .flatMap((object) => fieldItems(object, 0))
    .join('\n')}\n`;
}
