import { expect, it } from 'vitest';
import { bySwitch, siteTimeline } from './site-timeline.js';

it('is dark where the site is', () => {
  const svg = siteTimeline();
  expect(svg).toContain('.dark .quiesce-timeline {');
  expect(svg).not.toContain('prefers-color-scheme');
  expect(() => bySwitch('<svg/>')).toThrow('no rule for the dark');
});
