import type { TextRow } from '@quiesce/command';
import { checkPool } from '../names.js';

/** The row of one pool. */
export const poolRow: Omit<TextRow, 'required' | 'guard'> = { kind: 'text', check: checkPool, sample: 'tank' };
