import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { makeSocketDirectory, removeSocketDirectory } from './ssh-directory.js';

it('leaves no socket directory when Node exits', () => {
  const listeners = process.listeners('exit');
  const directories = [makeSocketDirectory(), makeSocketDirectory()];
  const added = process.listeners('exit').filter((listener) => !listeners.includes(listener));
  expect(added).toHaveLength(1);
  added[0]?.(0);
  expect(directories.map((directory) => existsSync(directory))).toEqual([false, false]);
  for (const directory of directories) removeSocketDirectory(directory);
  expect(process.listeners('exit')).toEqual(listeners);
});
