import type { Options } from 'tsup';
import { packageBuild } from '../../tsup.base.js';

const config: Options = packageBuild({ index: 'src/index.ts', testing: 'src/testing.ts' });

export default config;
