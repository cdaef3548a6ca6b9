import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readErrors } from '../error-guide/read-errors.js';
import { renderErrors } from '../error-guide/render.js';
import { clients } from './clients.js';
import { renderTables } from './render.js';

const root = path.join(import.meta.dirname, '..', '..');
const docs = path.join(root, 'docs');

for (const client of clients) {
  writeFileSync(path.join(docs, 'subcommands', `${client.name}.md`), renderTables(client));
}
writeFileSync(path.join(docs, 'guides', 'errors.md'), renderErrors(readErrors(root)));
