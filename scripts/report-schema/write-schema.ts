import { writeFileSync } from 'node:fs';
import { renderSchema, schemaFile } from './render-schema.js';

writeFileSync(schemaFile, await renderSchema());
