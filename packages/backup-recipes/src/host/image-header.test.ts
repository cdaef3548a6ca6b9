import { describe, expect, it } from 'vitest';
import { imageHeaderCommand, parseImageHeader } from './image-header.js';

describe('imageHeaderCommand', () => {
  it('is told the format, and reads beside who writes', () => {
    expect(imageHeaderCommand({ path: '/a b.img', format: 'qcow2' })).toMatchObject({
      ...{ file: 'qemu-img', effect: 'read' },
      args: ['info', '--force-share', '--output=json', '-f', 'qcow2', '--', '/a b.img'],
    });
  });
});

describe('parseImageHeader', () => {
  it('tells of the files that an image needs', () => {
    const format = { type: 'qcow2', data: { compat: '1.1', 'data-file': '/d.raw', 'refcount-bits': 16 } };
    const json = { 'backing-filename': 'base.qcow2', 'backing-filename-format': 'qcow2', 'format-specific': format };
    expect(parseImageHeader(JSON.stringify({ ...json, 'virtual-size': 1, filename: '/a' }))).toEqual({
      ...{ backing: 'base.qcow2', backingFormat: 'qcow2', dataFile: '/d.raw' },
    });
    expect(parseImageHeader('{"format": "qcow2"}')).toEqual({
      ...{ backing: undefined, backingFormat: undefined, dataFile: undefined },
    });
  });

  it('takes nothing else', () => {
    expect(() => parseImageHeader('no')).toThrow('did not tell');
    expect(() => parseImageHeader('[]')).toThrow('did not tell');
  });
});
