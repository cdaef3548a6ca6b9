import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { schemaFile } from '../report-schema/render-schema.js';
import { renderFields, type Schema } from './report-fields.js';
import { root } from './site-links.js';
import { siteTimeline } from './site-timeline.js';

const docs = path.join(root, 'docs');

/** Writes what pages of the site take in: the picture of a run, and the schema with its fields. */
export function writeGenerated(): void {
  const included = path.join(docs, '.vitepress', 'generated');
  const published = path.join(docs, 'public', 'schema');
  for (const folder of [included, published]) mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(included, 'timeline.svg'), siteTimeline());
  const schema = JSON.parse(readFileSync(schemaFile, 'utf8')) as Schema;
  writeFileSync(path.join(included, 'report-fields.md'), renderFields(schema));
  copyFileSync(schemaFile, path.join(published, path.basename(schemaFile)));
}
