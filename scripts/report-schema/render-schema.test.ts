import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderSchema, schemaFile } from './render-schema.js';

it('the published schema is that of the source: npm run report:schema', async () => {
  expect(readFileSync(schemaFile, 'utf8')).toBe(await renderSchema());
});
