import { expect, it } from 'vitest';
import { cacheRoot } from './cache.js';

it.each([
  [{}, '/home/me/.cache/quiesce-lab'],
  [{ XDG_CACHE_HOME: '/caches' }, '/caches/quiesce-lab'],
  [{ XDG_CACHE_HOME: 'caches' }, '/home/me/.cache/quiesce-lab'],
  [{ XDG_CACHE_HOME: '/caches', QUIESCE_LAB_CACHE: '/big/disk' }, '/big/disk'],
  [{ QUIESCE_LAB_CACHE: '' }, '/home/me/.cache/quiesce-lab'],
])('with %j the cache is %s', (environment, expected) => {
  expect(cacheRoot(environment, '/home/me')).toBe(expected);
});
