import { createCommand, ExitError, mapExitError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { virshErrors } from './error-rules.js';
import {
  ConnectionFailedError,
  DomainLockedError,
  DomainNotFoundError,
  DomainStateError,
  InvalidKeycodeError,
  MetadataNotFoundError,
} from './errors.js';
import { readFixture, releases } from '../test/read-fixture.js';

const command = createCommand('virsh', ['resume', "--domain=it's 'q' n"]);
const mapped = (stderr: string): ExitError =>
  mapExitError(new ExitError({ command, exitCode: 1, stdout: '\n', stderr }), virshErrors);
const recorded = (release: string, name: string): ExitError => mapped(readFixture(release, `${name}.stderr`));

describe.each(releases)('the errors of %s', (release) => {
  it.each([
    ['not-found', 'nosuch'],
    ['not-found-uuid', '00000000-0000-0000-0000-000000000100'],
    ['not-found-quote', "it's 'q' n"],
    ['event-nodom', 'nosuch'],
  ])('%s is DomainNotFoundError', (name, domain) => {
    const error = recorded(release, name);
    expect(error).toBeInstanceOf(DomainNotFoundError);
    expect(error).toMatchObject({ domain, exitCode: 1 });
  });

  it.each([
    ['suspend-shut-off', 'domain is not running'],
    ['sendkey-shut-off', 'domain is not running'],
    ['metadata-live-off', 'domain is not running'],
    ['resume-running', 'domain is already running'],
  ])('%s is DomainStateError', (name, stateReason) => {
    const error = recorded(release, name);
    expect(error).toBeInstanceOf(DomainStateError);
    expect(error).toMatchObject({ stateReason, domain: "it's 'q' n" });
  });

  it.each([
    ['sendkey-bad', 'KEY_BOGUS'],
    ['sendkey-bad2', '300'],
  ])('%s is InvalidKeycodeError', (name, keycode) => {
    const error = recorded(release, name);
    expect(error).toBeInstanceOf(InvalidKeycodeError);
    expect(error).toMatchObject({ keycode });
  });

  it.each(['metadata-badxml', 'event-bad', 'sendkey-many'])('%s stays a VirshError', (name) => {
    expect(recorded(release, name).name).toBe('VirshError');
  });
});

describe('the errors that one release showed', () => {
  it.each([
    ['debian-12-virsh-9.0.0', 'connection-no-daemon', /^Failed to connect socket/],
    ['debian-12-virsh-9.0.0', 'connection-lost', /^end of file$/],
    ['debian-13-virsh-11.3.0', 'connection-no-driver', /^no connection driver available/],
    ['debian-13-virsh-11.3.0', 'connection-not-again', /^Failed to connect socket/],
    ['debian-13-virsh-11.3.0', 'connection-no-rights', /^authentication unavailable: no polkit agent/],
  ])('%s: %s is ConnectionFailedError', (release, name, reason) => {
    const error = recorded(release, name);
    expect(error).toBeInstanceOf(ConnectionFailedError);
    expect(error).toMatchObject({ connectionReason: expect.stringMatching(reason) as string });
  });

  it('debian-12-virsh-9.0.0: locked is DomainLockedError', () => {
    const error = recorded('debian-12-virsh-9.0.0', 'locked');
    expect(error).toBeInstanceOf(DomainLockedError);
    expect(error).toMatchObject({ holder: 'monitor=remoteDispatchDomainSuspend', domain: "it's 'q' n" });
  });

  it('debian-12-virsh-9.0.0: metadata-none is MetadataNotFoundError', () => {
    expect(recorded('debian-12-virsh-9.0.0', 'metadata-none')).toBeInstanceOf(MetadataNotFoundError);
  });

  it('the test driver says a wrong state in its own way', () => {
    const error = mapped("error: Failed to resume domain 'test'\nerror: internal error: domain 'test' not paused\n");
    expect(error).toBeInstanceOf(DomainStateError);
  });

  it('a domain that went away is DomainNotFoundError', () => {
    const error = mapped(
      "error: Failed to resume domain\nerror: Domain not found: no domain with matching uuid 'x' (n)\n",
    );
    expect(error).toBeInstanceOf(DomainNotFoundError);
    expect(error).toMatchObject({ domain: "it's 'q' n" });
  });
});
