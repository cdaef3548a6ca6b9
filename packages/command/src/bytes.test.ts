import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bytes } from './bytes.js';
import { createCommand } from './create-command.js';
import { ExitError } from './errors.js';
import { localTransport } from './local-transport.js';

const transport = localTransport();
const read = (script: string): ReturnType<typeof createCommand> =>
  createCommand('sh', ['-c', script], { effect: 'read' });

describe('bytes', () => {
  it('yields every byte, of any value', async () => {
    const hash = createHash('sha256');
    let count = 0;
    for await (const chunk of bytes(transport, read('head -c 3000000 /dev/zero | tr "\\0" "\\377"'))) {
      hash.update(chunk);
      count += chunk.byteLength;
    }
    expect(count).toBe(3_000_000);
    expect(hash.digest('hex')).toBe(createHash('sha256').update(Buffer.alloc(3_000_000, 0xff)).digest('hex'));
  });

  it('throws after the last byte when the command failed', async () => {
    const seen: string[] = [];
    const reading = (async () => {
      for await (const chunk of bytes(transport, read('printf half; echo why >&2; exit 2'))) seen.push(String(chunk));
    })();
    const error: unknown = await reading.catch((reason: unknown) => reason);
    expect(ExitError.isInstance(error) && [error.exitCode, error.stderr]).toEqual([2, 'why\n']);
    expect(seen.join('')).toBe('half');
  });

  it('ends the command when the loop is left', async () => {
    let chunks = 0;
    for await (const _ of bytes(transport, read('yes'))) {
      chunks += 1;
      if (chunks === 3) break;
    }
    expect(chunks).toBe(3);
  });
});
