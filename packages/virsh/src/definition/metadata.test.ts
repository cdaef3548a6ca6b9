import { InvalidArgumentError } from '@quiesce/command';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import {
  virshMetadataCommand,
  parseVirshMetadata,
  virshMetadataRemoveCommand,
  virshMetadataSetCommand,
} from './metadata.js';

const about = { domain: 'MySQL', uri: 'https://quiesce.example/run' };
const words = ['metadata', '--domain=MySQL', '--uri=https://quiesce.example/run'];

describe('the commands of metadata', () => {
  it('build the defaults', () => {
    expect(virshMetadataCommand(about)).toEqual({ file: 'virsh', args: words, effect: 'read', stop: 'kill' });
    expect(virshMetadataSetCommand({ ...about, key: 'q', xml: '<run id="7"/>' })).toEqual({
      file: 'virsh',
      args: [...words, '--key=q', '--set=<run id="7"/>'],
      effect: 'write',
      stop: 'wait',
    });
    expect(virshMetadataRemoveCommand(about)).toEqual({
      file: 'virsh',
      args: [...words, '--remove'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('build all options', () => {
    const both = { ...about, live: true, config: true };
    expect(virshMetadataCommand({ ...about, live: true }).args).toEqual([...words, '--live']);
    expect(virshMetadataCommand({ ...about, config: true }).args).toEqual([...words, '--config']);
    expect(virshMetadataRemoveCommand(both).args).toEqual([...words, '--live', '--config', '--remove']);
    const { args } = virshMetadataSetCommand({ ...both, key: 'q', xml: '<a>\n<b:c xmlns:b="x"/></a>' });
    expect(args).toEqual([...words, '--live', '--config', '--key=q', '--set=<a>\n<b:c xmlns:b="x"/></a>']);
  });

  it('refuse to read two places at once', () => {
    expect(() => virshMetadataCommand({ ...about, live: true, config: true })).toThrow(InvalidArgumentError);
  });

  it.each([
    ...['', 'text', '<a', '<a/><b/>', '<a></b>', '--set=x', '<!DOCTYPE a><a/>', `<a>${'x'.repeat(65_536)}</a>`],
    // libvirt would take these and never find them again.
    ...['<q:a xmlns:q="u:v"/>', '<a xmlns="u:v"/>'],
  ])('refuse to set %j', (xml) => {
    expect(() => virshMetadataSetCommand({ ...about, key: 'q', xml })).toThrow(InvalidArgumentError);
  });

  it.each(['', '-q', 'a b', 'a:b', '1a'])('refuse the key %j', (key) => {
    expect(() => virshMetadataSetCommand({ ...about, key, xml: '<a/>' })).toThrow(InvalidArgumentError);
  });

  it.each(['', '-x', 'a b', 'a\nb'])('refuse the URI %j', (uri) => {
    expect(() => virshMetadataCommand({ ...about, uri })).toThrow(InvalidArgumentError);
  });
});

describe('parseVirshMetadata', () => {
  it.each(releases('virsh'))('reads %s', (release) => {
    expect(parseVirshMetadata(recorded(release, 'metadata-get').stdout)).toBe('<run id="7">a &amp; b</run>');
    expect(parseVirshMetadata(recorded(release, 'metadata-none').stdout)).toBeUndefined();
  });
});
