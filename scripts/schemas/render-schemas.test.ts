import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { publishedSchemas, renderSchema, schemaFolder } from './render-schemas.js';

const schemas = publishedSchemas();

it('there is one for the plan, the events and the report of a backup, and of no part of them', () => {
  const types = schemas.map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(['BackupPlan', 'BackupEvent', 'BackupReport', 'RestorePlan']));
  expect(types).not.toContain('VolumeReport');
});

it('no other is published', () => {
  expect(readdirSync(schemaFolder).sort()).toEqual(schemas.map(({ file }) => file).sort());
});

it.each(schemas)('$file is that of the source: npm run schemas', async (schema) => {
  expect(readFileSync(path.join(schemaFolder, schema.file), 'utf8')).toBe(await renderSchema(schema));
});
