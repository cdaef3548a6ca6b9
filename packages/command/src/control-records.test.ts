import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ControlRecords, type ControlRecord } from './control-records.js';

const token = 'quiesce0123456789abcdef0123456789abcdef';

async function filter(chunks: readonly Buffer[]): Promise<{ passed: Buffer; records: ControlRecord[] }> {
  const records: ControlRecord[] = [];
  const filtered = new ControlRecords(token, (record) => {
    records.push(record);
  });
  const passed: Buffer[] = [];
  filtered.on('data', (chunk: Buffer) => passed.push(chunk));
  for (const chunk of chunks) filtered.write(chunk);
  filtered.end();
  await new Promise((resolve) => filtered.on('end', resolve));
  return { passed: Buffer.concat(passed), records };
}

describe('ControlRecords', () => {
  it('takes records out of any bytes, however they are cut', async () => {
    const near = fc.constantFrom('quiesce', token.slice(0, -1), 'q', ':pid:', ';');
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
      near.map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(
        noise,
        noise,
        noise,
        fc.array(fc.nat(200), { maxLength: 8 }),
        async (before, between, after, cuts) => {
          const whole = Buffer.concat([
            before,
            Buffer.from(`${token}:pid:42;`),
            between,
            Buffer.from(`${token}:exit:255;`),
            after,
          ]);
          const places = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length];
          const chunks = places.slice(1).map((place, index) => whole.subarray(places[index], place));
          const { passed, records } = await filter(chunks);
          expect(records).toEqual([
            { kind: 'pid', value: '42' },
            { kind: 'exit', value: '255' },
          ]);
          expect(passed.equals(Buffer.concat([before, between, after]))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('hands on what only begins like a record', async () => {
    const { passed, records } = await filter([Buffer.from(`x${token}`), Buffer.from(' no end'.repeat(20))]);
    expect(records).toEqual([]);
    expect(passed.toString()).toBe(`x${token}${' no end'.repeat(20)}`);
  });
});
