import { expect, it } from 'vitest';
import { mountsBelow, removeTree } from './remove-tree.js';

it('sees what is mounted at or below a folder, and nothing else', () => {
  const mountInfo = [
    '22 1 254:0 / / rw,relatime - ext4 /dev/vda rw',
    String.raw`23 22 0:5 / /cache/a\040b/dev rw - devtmpfs udev rw`,
    '24 22 0:5 / /cache/a rw - tmpfs tmpfs rw',
    '25 22 0:5 / /cache/abc rw - tmpfs tmpfs rw',
  ].join('\n');
  expect(mountsBelow(mountInfo, '/cache/a b')).toEqual(['/cache/a b/dev']);
  expect(mountsBelow(mountInfo, '/cache/a')).toEqual(['/cache/a']);
  expect(mountsBelow(mountInfo, '/cache/none')).toEqual([]);
});

it('refuses to remove what is mounted', async () => {
  await expect(removeTree('/proc')).rejects.toThrow('/proc');
});
