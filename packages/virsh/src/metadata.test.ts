import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { metadataCommand, parseMetadata, removeMetadataCommand, setMetadataCommand } from './metadata.js';
import { readFixture, releases } from '../test/read-fixture.js';

const about = { domain: 'MySQL', uri: 'https://quiesce.example/run' };
const words = ['metadata', '--domain=MySQL', '--uri=https://quiesce.example/run'];

describe('the commands of metadata', () => {
  it('build the defaults', () => {
    expect(metadataCommand(about)).toEqual({ file: 'virsh', args: words, effect: 'read', stop: 'kill' });
    expect(setMetadataCommand({ ...about, key: 'q', xml: '<run id="7"/>' })).toEqual({
      file: 'virsh',
      args: [...words, '--key=q', '--set=<run id="7"/>'],
      effect: 'write',
      stop: 'wait',
    });
    expect(removeMetadataCommand(about)).toEqual({
      file: 'virsh',
      args: [...words, '--remove'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('build all options', () => {
    const both = { ...about, live: true, config: true };
    expect(metadataCommand({ ...about, live: true }).args).toEqual([...words, '--live']);
    expect(metadataCommand({ ...about, config: true }).args).toEqual([...words, '--config']);
    expect(removeMetadataCommand(both).args).toEqual([...words, '--live', '--config', '--remove']);
    const { args } = setMetadataCommand({ ...both, key: 'q', xml: '<a>\n<b:c xmlns:b="x"/></a>' });
    expect(args).toEqual([...words, '--live', '--config', '--key=q', '--set=<a>\n<b:c xmlns:b="x"/></a>']);
  });

  it('refuse to read two places at once', () => {
    expect(() => metadataCommand({ ...about, live: true, config: true })).toThrow(InvalidArgumentError);
  });

  it.each([
    ...['', 'text', '<a', '<a/><b/>', '<a></b>', '--set=x', '<!DOCTYPE a><a/>', `<a>${'x'.repeat(65_536)}</a>`],
    // libvirt would take these and never find them again.
    ...['<q:a xmlns:q="u:v"/>', '<a xmlns="u:v"/>'],
  ])('refuse to set %j', (xml) => {
    expect(() => setMetadataCommand({ ...about, key: 'q', xml })).toThrow(InvalidArgumentError);
  });

  it.each(['', '-q', 'a b', 'a:b', '1a'])('refuse the key %j', (key) => {
    expect(() => setMetadataCommand({ ...about, key, xml: '<a/>' })).toThrow(InvalidArgumentError);
  });

  it.each(['', '-x', 'a b', 'a\nb'])('refuse the URI %j', (uri) => {
    expect(() => metadataCommand({ ...about, uri })).toThrow(InvalidArgumentError);
  });
});

describe('parseMetadata', () => {
  it.each(releases)('reads %s', (release) => {
    expect(parseMetadata(readFixture(release, 'metadata-get.stdout'))).toBe('<run id="7">a &amp; b</run>');
    expect(parseMetadata(readFixture(release, 'metadata-none.stdout'))).toBeUndefined();
  });
});
