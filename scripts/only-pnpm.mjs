#!/usr/bin/env node
// Before a package is published: only pnpm puts real versions in place of `workspace:` and
// `catalog:`, takes the path into the sources out, and adds the licence. What npm would publish
// can't be installed.
import process from 'node:process';

if (!process.env.npm_config_user_agent?.startsWith('pnpm/')) {
  console.error('publish with pnpm: npx -y pnpm@10.34.9 publish --recursive');
  process.exitCode = 1;
}
