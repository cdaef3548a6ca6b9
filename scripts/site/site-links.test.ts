import { expect, it } from 'vitest';
import { siteLink, withSiteLinks } from './site-links.js';

const file = 'packages/zfs/README.md';
const folder = 'docs/reference/zfs';

it.each([
  ['https://example.org/a.md', 'https://example.org/a.md'],
  ['#errors', '#errors'],
  ['../../docs/guides/zfs.md#destroy-safely', '../../guides/zfs.md#destroy-safely'],
  ['../virsh', '/reference/virsh/'],
  ['../command/README.md#errors', '/reference/command/#errors'],
  ['../../examples/replicate.ts', 'https://github.com/quiesce/quiesce/blob/main/examples/replicate.ts'],
])('%s of a README leads to %s', (href, there) => {
  expect(siteLink(href, file, folder)).toBe(there);
});

it('refuses a link to what is not in the repository', () => {
  expect(() => siteLink('../../examples/none.ts', file, folder)).toThrow('packages/zfs/README.md links to');
});

it('changes the links of a text and nothing else', () => {
  expect(withSiteLinks('[virsh](../virsh) and (../virsh)', file, folder)).toBe(
    '[virsh](/reference/virsh/) and (../virsh)',
  );
});
