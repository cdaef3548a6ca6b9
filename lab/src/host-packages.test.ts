import { describe, expect, it } from 'vitest';
import { hostNeeds, installLine, MissingPackagesError, packagesFor } from './host-packages.js';

describe('MissingPackagesError', () => {
  it('names what is missing and the one line to type', () => {
    const missing = hostNeeds.filter(({ needed }) => ['qemu-img', 'mke2fs', 'debugfs'].includes(needed));
    const error = new MissingPackagesError(missing);
    expect(error.packages).toEqual(['e2fsprogs', 'qemu-utils']);
    expect(error.message).toBe(
      'The lab needs qemu-img, mke2fs, debugfs. To install what is missing:\n' +
        '  sudo apt-get install --no-install-recommends e2fsprogs qemu-utils',
    );
  });
});

it('names each package once', () => {
  expect(packagesFor(hostNeeds)).toEqual([...new Set(packagesFor(hostNeeds))]);
  expect(installLine(['one', 'two'])).toBe('sudo apt-get install --no-install-recommends one two');
});
