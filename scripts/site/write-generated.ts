import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { publishedSchemas, schemaFolder } from '../schemas/render-schemas.js';
import { renderFields, type Schema } from './report-fields.js';
import { root } from './site-links.js';
import { siteReportText, siteTimeline } from './site-timeline.js';

const docs = path.join(root, 'docs');

/** Writes what pages of the site take in: the picture of a run, and the schema with its fields. */
export function writeGenerated(): void {
  const included = path.join(docs, '.vitepress', 'generated');
  const published = path.join(docs, 'public', 'schema');
  // Of a schema that was renamed, nothing stays.
  rmSync(published, { recursive: true, force: true });
  for (const folder of [included, published]) mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(included, 'timeline.svg'), siteTimeline());
  writeFileSync(path.join(included, 'report.txt'), siteReportText());
  const schema = JSON.parse(readFileSync(path.join(schemaFolder, 'backup-report.json'), 'utf8')) as Schema;
  writeFileSync(path.join(included, 'report-fields.md'), renderFields(schema));
  const schemas = publishedSchemas();
  for (const { file } of schemas) copyFileSync(path.join(schemaFolder, file), path.join(published, file));
  const list = schemas.map(({ file, type }) => `- \`${type}\`: <a href="/schema/${file}" target="_self">${file}</a>`);
  writeFileSync(path.join(included, 'schemas.md'), `${list.join('\n')}\n`);
}
