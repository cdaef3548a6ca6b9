import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { clients } from './clients.js';
import { renderTables } from './render.js';

const folder = path.join(import.meta.dirname, '..', '..', 'docs', 'subcommands');

for (const client of clients) writeFileSync(path.join(folder, `${client.name}.md`), renderTables(client));
