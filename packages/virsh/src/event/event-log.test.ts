import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readFixture, releases } from '../../test/read-fixture.js';
import { SubscriptionLog } from './event-log.js';

describe.each(releases)('SubscriptionLog of %s', (release) => {
  const recorded = readFixture(release, 'event-all.stderr');
  const kinds = readFixture(release, 'event-all.stdout').split('\n').indexOf('');

  it('sees as many subscriptions as there are kinds of events, and hands on nothing of it', async () => {
    const log = new SubscriptionLog();
    const answered = log.answered(kinds);
    let more = false;
    void log.answered(kinds + 1).then(() => (more = true));
    // In pieces that respect no line.
    Readable.from(
      Buffer.from(recorded)
        .toString('latin1')
        .match(/[^]{1,100}/g) ?? [],
    ).pipe(log);
    expect(await text(log)).toBe('');
    await answered;
    expect(more).toBe(false);
  });

  it('hands on what virsh itself says', async () => {
    const log = new SubscriptionLog();
    log.end(`${recorded}error: Disconnected from é\nerror: unfinished`);
    expect(await text(log)).toBe('error: Disconnected from é\nerror: unfinished');
  });
});
