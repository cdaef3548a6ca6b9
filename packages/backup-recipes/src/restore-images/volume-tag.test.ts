import { expect, it } from 'vitest';
import { runOfTags } from '../run-id.js';
import { restoreOfTags, restoreTag } from './volume-tag.js';

const runId = '1364083186-0a0b0c0d';

it('is that of one restore, and not that of a run', () => {
  expect(restoreOfTags(['x', restoreTag(runId)])).toBe(runId);
  expect(runOfTags([restoreTag(runId)])).toBeUndefined();
  expect(restoreOfTags(['quiesce.restore=tomorrow', `quiesce.run=${runId}`, 'quiesce.restore='])).toBeUndefined();
});
