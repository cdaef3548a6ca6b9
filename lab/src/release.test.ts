import { describe, expect, it } from 'vitest';
import { isRelease, packagesInside, packageSources } from './release.js';

describe('packagesInside', () => {
  it('has Node only where it is new enough for the SDK', () => {
    expect(packagesInside('trixie')).toContain('nodejs');
    expect(packagesInside('bookworm')).not.toContain('nodejs');
  });
  it('names each package once', () => {
    const packages = packagesInside('trixie');
    expect(new Set(packages).size).toBe(packages.length);
  });
});

describe('packageSources', () => {
  it('adds the security archive that belongs to the mirror', () => {
    expect(packageSources('bookworm', 'http://mirror.example.net/debian')).toEqual([
      'deb http://mirror.example.net/debian bookworm main contrib',
      'deb http://mirror.example.net/debian-security bookworm-security main contrib',
    ]);
  });
  it('leaves it out where no such archive can be told', () => {
    expect(packageSources('trixie', 'http://mirror.example.net/copy')).toEqual([
      'deb http://mirror.example.net/copy trixie main contrib',
    ]);
  });
});

it('knows its releases', () => {
  expect(isRelease('trixie')).toBe(true);
  expect(isRelease('buster')).toBe(false);
});
