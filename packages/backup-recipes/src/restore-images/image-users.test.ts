import { describe, expect, it } from 'vitest';
import { imageUsers, type ImageUser } from './image-users.js';

const image = '/srv/SSD/images/MySQL.img';
const identities = new Map([
  [image, '1:2'],
  ['/srv/link.img', '1:2'],
  ['/srv/other.img', '1:3'],
]);
const users = (disks: readonly string[], files: readonly string[] = [image]): ImageUser[] =>
  imageUsers([{ name: 'MySQL', disks }], files, identities);

describe('imageUsers', () => {
  it.each([[[image]], [['/srv/link.img']], [['unknown', image]]])('has one whose disk is replaced: %j', (disks) => {
    expect(users(disks)).toEqual([{ name: 'MySQL', use: 'open' }]);
  });

  it.each([[['unknown']], [['/srv/other.img', 'volume']]])('has one of whose disks it is not known: %j', (disks) => {
    expect(users(disks)).toEqual([{ name: 'MySQL', use: 'unknown' }]);
  });

  it.each([[['/srv/other.img']], [['network']], [[]]])('has none of another file: %j', (disks) => {
    expect(users(disks)).toEqual([]);
  });

  it('has none of whose disks it is not known where nothing would be replaced', () => {
    expect(users(['unknown'], ['/srv/restored/MySQL.img'])).toEqual([]);
  });
});
