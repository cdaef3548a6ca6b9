import * as z from 'zod';
import { limitsShape } from '../../limits.js';
import { numberShape, transportShape } from '../../shape-problems.js';

const words = z.array(z.string());
const flag = z.boolean().optional();
const count = numberShape.optional();
const choice = z.enum(['allow', 'refuse']).optional();
const text = z.string().optional();
const hook = z.function().optional();
const early = { preflight: hook, pause: hook, copy: hook };

/** What the options of the backup look like, for who calls without a compiler. */
export const optionShape: z.ZodType = z.strictObject({
  domains: words,
  volumes: words,
  target: z.string(),
  allowDegradedPool: flag,
  uncoveredDisks: choice,
  unlistedGuests: choice,
  mountRoot: text,
  reconcile: flag,
  epochSeconds: count,
  zfsSnapshotPrefix: text,
  snapshotSizeBytes: count,
  chunkSizeBytes: count,
  settleMs: count,
  maximumPauseMs: count,
  copy: z.strictObject({ wholeFile: flag, inplace: flag, extraArguments: words.optional() }).optional(),
  verify: z.enum(['none', 'sampled', 'full']).optional(),
  checksums: z.boolean().optional(),
  hooks: z
    .strictObject({
      before: z.strictObject(early).optional(),
      after: z.strictObject({ ...early, end: hook }).optional(),
    })
    .optional(),
  hookMs: count,
  limits: limitsShape,
  hostRoot: z
    .union([
      z.literal(false),
      z.strictObject({ source: text, folder: text, exclude: words.optional(), mounts: words.optional() }),
    ])
    .optional(),
  transport: transportShape,
});
