import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { SubscriptionLog } from './event-log.js';

describe.each(releases('virsh'))('SubscriptionLog of %s', (release) => {
  const { stderr, stdout } = recorded(release, 'event-all');
  const kinds = stdout.split('\n').indexOf('');

  it('sees as many subscriptions as there are kinds of events, and hands on nothing of it', async () => {
    const log = new SubscriptionLog();
    const answered = log.answered(kinds);
    let more = false;
    void log.answered(kinds + 1).then(() => (more = true));
    // In pieces that respect no line.
    Readable.from(
      Buffer.from(stderr)
        .toString('latin1')
        .match(/[^]{1,100}/g) ?? [],
    ).pipe(log);
    expect(await text(log)).toBe('');
    await answered;
    expect(more).toBe(false);
  });

  it('hands on what virsh itself says', async () => {
    const log = new SubscriptionLog();
    log.end(`${stderr}error: Disconnected from é\nerror: unfinished`);
    expect(await text(log)).toBe('error: Disconnected from é\nerror: unfinished');
  });
});
