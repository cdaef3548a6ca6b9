import { InvalidArgumentError } from '@quiesce/command';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMapperName, checkNewVolume, checkTag, checkVolumeGroup, mapperPath, parseVolumePath } from './names.js';

const anyName = fc
  .stringMatching(/^[A-Za-z0-9+_.][A-Za-z0-9+_.-]{0,30}$/)
  .filter((name) => name !== '.' && name !== '..');
const doubled = (name: string): string => name.replaceAll('-', '--');
const hostile = [
  '',
  '-x',
  '--',
  'a b',
  ' a',
  'a\n',
  "a'b",
  'a"b',
  'a$b',
  'a;b',
  'a*',
  '@tag',
  'ä',
  '..',
  '.',
  'a\0b',
  'a,b',
];

describe('parseVolumePath', () => {
  it.each([
    ['SSD/images', 'SSD', 'images'],
    ['/dev/SSD/images', 'SSD', 'images'],
    ['/dev/raid5/VM.images', 'raid5', 'VM.images'],
    ['/dev/mapper/raid5-VM.images', 'raid5', 'VM.images'],
    ['/dev/mapper/vg--0-a--b--c', 'vg-0', 'a-b-c'],
    // As LVM does: hyphens pair up from the left, and no name begins with one.
    ['/dev/mapper/vg---a--', 'vg-', 'a-'],
  ])('takes %j apart', (path, volumeGroup, name) => {
    expect(parseVolumePath(path)).toEqual({ volumeGroup, name });
  });

  it.each([
    'SSD',
    '/dev/SSD',
    'SSD/',
    '/SSD/images',
    'SSD/images/x',
    'SSD/images\n',
    '/dev/dm-0',
    '/dev/mapper/images',
    '/dev/mapper/SSD-images-real',
    '/dev/mapper/control/x',
    '/dev/../SSD/images',
    '/dev/SSD/../images',
    'SSD/..',
    '../images',
    'SSD/-x',
    '-x/images',
    '/dev/mapper/--a-b',
    ...hostile,
    ...hostile.map((name) => `SSD/${name}`),
  ])('refuses %j', (path) => {
    expect(() => parseVolumePath(path)).toThrow(InvalidArgumentError);
  });

  it('finds the same names in each form', () => {
    fc.assert(
      fc.property(anyName, anyName, (volumeGroup, name) => {
        const expected = { volumeGroup, name };
        expect(parseVolumePath(`${volumeGroup}/${name}`)).toEqual(expected);
        expect(parseVolumePath(`/dev/${volumeGroup}/${name}`)).toEqual(expected);
        expect(parseVolumePath(`/dev/mapper/${doubled(volumeGroup)}-${doubled(name)}`)).toEqual(expected);
      }),
    );
  });

  it('never lets a word through that could be an option, a tag or a path elsewhere', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        let path;
        try {
          path = parseVolumePath(text);
        } catch (error) {
          expect(InvalidArgumentError.isInstance(error)).toBe(true);
          return;
        }
        expect(`${path.volumeGroup}/${path.name}`).toMatch(
          /^[A-Za-z0-9+_.][A-Za-z0-9+_.-]*\/[A-Za-z0-9+_.][A-Za-z0-9+_.-]*$/,
        );
      }),
    );
  });
});

describe('mapperPath', () => {
  it.each([
    ['SSD', 'images', '/dev/mapper/SSD-images'],
    ['raid5', 'VM.images', '/dev/mapper/raid5-VM.images'],
    ['vg-0', 'a-b--c', '/dev/mapper/vg--0-a--b----c'],
  ])('knows where %s/%s is', (volumeGroup, name, path) => {
    expect(mapperPath({ volumeGroup, name })).toBe(path);
  });

  it('is what parseVolumePath takes apart', () => {
    fc.assert(
      fc.property(anyName, anyName, (volumeGroup, name) => {
        expect(parseVolumePath(mapperPath({ volumeGroup, name }))).toEqual({ volumeGroup, name });
      }),
    );
  });

  it.each(hostile)('refuses %j', (name) => {
    expect(() => mapperPath({ volumeGroup: 'SSD', name })).toThrow(InvalidArgumentError);
    expect(() => mapperPath({ volumeGroup: name, name: 'images' })).toThrow(InvalidArgumentError);
  });
});

describe('checkVolumeGroup', () => {
  it.each(['SSD', 'raid5', 'quiesce-lvm', '0', '+a', '_', 'a.b', 'a'.repeat(127)])('takes %j', (name) => {
    expect(checkVolumeGroup('volumeGroup', name)).toBe(name);
  });

  it.each([...hostile, 'a/b', 'a'.repeat(128)])('refuses %j', (name) => {
    expect(() => checkVolumeGroup('volumeGroup', name)).toThrow(InvalidArgumentError);
  });
});

describe('checkTag', () => {
  it.each(['quiesce.run=1', 'a', 'A-Za-z0-9_+.-/=!:&#', '=', '#1', 'a'.repeat(1024)])('takes %j', (tag) => {
    expect(checkTag('tags[0]', tag)).toBe(tag);
  });

  it.each([...hostile.filter((tag) => !tag.startsWith('.')), 'a"} || lv_name!="', 'a|b', 'a'.repeat(1025)])(
    'refuses %j',
    (tag) => {
      expect(() => checkTag('tags[0]', tag)).toThrow(InvalidArgumentError);
    },
  );
});

describe('the name of a new volume', () => {
  const check = (name: string): string => checkNewVolume('name', { volumeGroup: 'SSD', name }, '-cow');

  it.each(['images.1', 'a-b', '+x', 'my_snapshot', 'pvmov'])('may be %j', (name) => {
    expect(check(name)).toBe(name);
  });

  it.each([...hostile, 'a/b', 'snapshot', 'snapshot1', 'pvmove0', 'a_mlog', 'a_rimage_0', 'a_tdata', 'x_cvol'])(
    'may not be %j',
    (name) => {
      expect(() => check(name)).toThrow(InvalidArgumentError);
    },
  );

  // The longest that the real tool takes and the shortest that it does not, in a group named
  // quiesce-lvm.
  it.each([
    ['-cow', 110],
    ['-real', 109],
    ['-', 113],
  ] as const)('has room for %s', (suffix, length) => {
    const path = (size: number): { volumeGroup: string; name: string } => ({
      volumeGroup: 'quiesce-lvm',
      name: 'a'.repeat(size),
    });
    expect(() => {
      checkMapperName('name', path(length), suffix);
    }).not.toThrow();
    expect(() => {
      checkMapperName('name', path(length + 1), suffix);
    }).toThrow(/1 bytes shorter/);
  });
});
