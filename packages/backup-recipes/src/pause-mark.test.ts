import { toVirshLine } from '@quiesce/virsh';
import { describe, expect, it } from 'vitest';
import { markCommand, parseMark, readMark, sincePlaceholder, unmarkCommand } from './pause-mark.js';

const domain = '6695eb01-f6a4-8304-79aa-97f2502e193f';
const runId = '1364083186-0badf00d';
const metadata = `metadata --domain=${domain} --uri=https://github.com/quiesce/quiesce/pause --live`;

describe('the mark of a pause', () => {
  it('is metadata of the running domain', () => {
    expect(toVirshLine(markCommand({ domain, runId }))).toBe(
      `${metadata} --key=quiesce '--set=<pause run="${runId}" since="${sincePlaceholder}"/>'`,
    );
    expect(toVirshLine(readMark({ domain }).command)).toBe(metadata);
    expect(toVirshLine(unmarkCommand({ domain }))).toBe(`${metadata} --remove`);
  });

  it('is read as libvirt prints it', () => {
    expect(parseMark(`<pause run="${runId}" since="1364083186"/>\n\n`)).toEqual({
      runId,
      since: new Date('2013-03-23T23:59:46Z'),
    });
  });

  it.each(['', '\n', '<pause run="x y" since="1"/>', '<pause run="1-a"/>', `<other/>`])('is none in %j', (text) => {
    expect(parseMark(text)).toBeUndefined();
  });
});
