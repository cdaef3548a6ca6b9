import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { buildReference } from './build-reference.js';
import { checkSite } from './check-site.js';
import { root } from './site-links.js';
import { writeGenerated } from './write-generated.js';

// `npm run docs` builds the site and checks it; `npm run docs:dev` serves it while it is written.
const action = process.argv[2] === 'dev' ? 'dev' : 'build';

if (!(await buildReference())) process.exit(1);
writeGenerated();

// A process of its own: this one takes the sources of the packages, VitePress what Node loads.
const vitepress = path.join(root, 'node_modules', 'vitepress', 'bin', 'vitepress.js');
const { status } = spawnSync(process.execPath, [vitepress, action, 'docs'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(1);

if (action === 'build') {
  const problems = checkSite(path.join(root, 'docs', '.vitepress', 'dist'));
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
