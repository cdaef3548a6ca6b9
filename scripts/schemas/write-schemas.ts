import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { publishedSchemas, renderSchema, schemaFolder } from './render-schemas.js';

rmSync(schemaFolder, { recursive: true, force: true });
mkdirSync(schemaFolder);
for (const schema of publishedSchemas()) {
  writeFileSync(path.join(schemaFolder, schema.file), await renderSchema(schema));
}
