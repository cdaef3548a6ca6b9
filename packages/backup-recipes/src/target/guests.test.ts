import { describe, expect, it } from 'vitest';
import { guestsText, parseGuests } from './guests.js';

const guest = {
  name: 'MySQL',
  uuid: '00000000-0000-4000-8000-000000000001',
  definition: "<domain type='kvm'>\n  <name>MySQL</name>\n</domain>\n",
  images: [{ path: '/srv/SSD/images/MySQL.img', folder: 'SSD.images', file: 'MySQL.img' }],
};

describe('parseGuests', () => {
  it('reads what is written, in one line', () => {
    const text = guestsText({ runId: '2-abcdef01', guests: [guest] });
    expect(text.split('\n')).toHaveLength(2);
    expect(parseGuests(text)).toEqual({ runId: '2-abcdef01', guests: [guest] });
  });

  it.each(['', '{"version":1', '[]', '{"version":2,"run":"2-abcdef01","guests":[]}', '{"version":1,"guests":[]}'])(
    'takes nothing from %j',
    (text) => {
      expect(parseGuests(text)).toBeUndefined();
    },
  );
});
