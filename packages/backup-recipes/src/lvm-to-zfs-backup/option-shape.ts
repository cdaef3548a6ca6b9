import { z } from 'zod';
import type { PreflightProblem } from '../preflight-error.js';

const words = z.array(z.string());
const flag = z.boolean().optional();
// NaN is one too; what is wrong with it is told with the limits.
const count = z.custom<number>((value) => typeof value === 'number', 'expected a number').optional();
const text = z.string().optional();

const shape = z.strictObject({
  domains: words,
  volumes: words,
  target: z.string(),
  allowDegradedPool: flag,
  mountRoot: text,
  epochSeconds: count,
  zfsSnapshotPrefix: text,
  snapshotSizeBytes: count,
  chunkSizeBytes: count,
  settleMs: count,
  maximumPauseMs: count,
  copy: z
    .strictObject({
      ...{ archive: flag, oneFileSystem: flag, hardLinks: flag, wholeFile: flag, inplace: flag, delete: flag },
      extraArguments: words.optional(),
    })
    .optional(),
  hostRoot: z
    .union([z.literal(false), z.strictObject({ source: text, folder: text, exclude: words.optional() })])
    .optional(),
  transport: z.looseObject({ name: z.string(), start: z.function() }).optional(),
});

function valueAt(options: unknown, path: readonly PropertyKey[]): string {
  let value = options;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
  return typeof value === 'string' ? value : String(value);
}

/** What the compiler would have refused, for who calls without one. A name that is no option would do nothing, unnoticed. */
export function shapeProblems(options: unknown): PreflightProblem[] {
  const { error } = shape.safeParse(options);
  return (error?.issues ?? []).map(({ path, message }) => ({
    option: path.length === 0 ? 'options' : z.core.toDotPath(path),
    value: valueAt(options, path),
    problem: message,
  }));
}
