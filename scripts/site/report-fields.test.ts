import { expect, it } from 'vitest';
import { renderFields } from './report-fields.js';

it('tells each field with its type, and which may be missing', () => {
  const text = renderFields({
    type: 'object',
    required: ['volumes', 'outcome'],
    properties: {
      volumes: {
        type: 'array',
        items: { type: 'object', properties: { usedBytes: { type: 'number', description: 'In bytes.' } } },
      },
      outcome: { enum: ['success', 'failed'] },
    },
  });
  expect(text.split('\n')).toEqual([
    '- **`volumes`**: list of: object.',
    '  - **`usedBytes`** (may be missing): number. In bytes.',
    '- **`outcome`**: `"success"` or `"failed"`.',
    '',
  ]);
});
