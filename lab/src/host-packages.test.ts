import { describe, expect, it } from 'vitest';
import { hostNeeds, installLine, MissingPackagesError, packagesFor, requireArchitecture } from './host-packages.js';

describe('MissingPackagesError', () => {
  it('names what is missing and the one line to type', () => {
    const missing = hostNeeds.filter(({ needed }) => ['qemu-img', 'mke2fs', 'debugfs'].includes(needed));
    const error = new MissingPackagesError(missing);
    expect(error.packages).toEqual(['e2fsprogs', 'qemu-utils']);
    expect(error.message).toBe(
      'The lab needs qemu-img, mke2fs, debugfs. To install what is missing:\n' +
        "  sudo sh -c 'apt-get update && apt-get install --no-install-recommends e2fsprogs qemu-utils'",
    );
  });
});

it('names each package once', () => {
  expect(packagesFor(hostNeeds)).toEqual([...new Set(packagesFor(hostNeeds))]);
  expect(installLine(['one', 'two'])).toBe(
    "sudo sh -c 'apt-get update && apt-get install --no-install-recommends one two'",
  );
});

it('says on which processors it does not work', () => {
  expect(() => requireArchitecture('arm64')).toThrow('x86-64 and needs a host of that kind; this is arm64');
  expect(() => requireArchitecture('x64')).not.toThrow();
});
