import { createCommand, ExitError, mapExitError } from '@quiesce/command';
import { recorded, releaseOn, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { virshErrors } from './error-rules.js';
import {
  ConnectionFailedError,
  DomainLockedError,
  DomainNotFoundError,
  DomainStateError,
  GuestAgentError,
  InvalidKeycodeError,
  MetadataNotFoundError,
} from './errors.js';

const command = createCommand('virsh', ['resume', "--domain=it's 'q' n"]);
const mapped = (stderr: string): ExitError =>
  mapExitError(new ExitError({ command, exitCode: 1, stdout: '\n', stderr }), virshErrors);
const errorOf = (release: string, name: string): ExitError => mapped(recorded(release, name).stderr);

describe.each(releases('virsh'))('the errors of %s', (release) => {
  it.each([
    ['not-found', 'nosuch'],
    ['not-found-uuid', '00000000-0000-0000-0000-000000000100'],
    ['not-found-quote', "it's 'q' n"],
    ['event-nodom', 'nosuch'],
    ['domtime-not-found', 'nosuch'],
  ])('%s is DomainNotFoundError', (name, domain) => {
    const error = errorOf(release, name);
    expect(error).toBeInstanceOf(DomainNotFoundError);
    expect(error).toMatchObject({ domain, exitCode: 1 });
  });

  it.each([
    ['suspend-shut-off', 'domain is not running'],
    ['sendkey-shut-off', 'domain is not running'],
    ['metadata-live-off', 'domain is not running'],
    ['domtime-off', 'domain is not running'],
    ['domtime-paused', 'domain is not running'],
    ['resume-running', 'domain is already running'],
  ])('%s is DomainStateError', (name, stateReason) => {
    const error = errorOf(release, name);
    expect(error).toBeInstanceOf(DomainStateError);
    expect(error).toMatchObject({ stateReason, domain: "it's 'q' n" });
  });

  it.each([
    ['domtime-no-agent', 'QEMU guest agent is not configured'],
    ['domtime-set-no-agent', 'QEMU guest agent is not configured'],
    ['domtime-agent-silent', 'QEMU guest agent is not connected'],
    ['domtime-set-agent-silent', 'QEMU guest agent is not connected'],
  ])('%s is GuestAgentError', (name, agentReason) => {
    const error = errorOf(release, name);
    expect(error).toBeInstanceOf(GuestAgentError);
    expect(error).toMatchObject({ agentReason, domain: "it's 'q' n" });
  });

  it.each([
    ['sendkey-bad', 'KEY_BOGUS'],
    ['sendkey-bad2', '300'],
  ])('%s is InvalidKeycodeError', (name, keycode) => {
    const error = errorOf(release, name);
    expect(error).toBeInstanceOf(InvalidKeycodeError);
    expect(error).toMatchObject({ keycode });
  });

  it.each(['metadata-badxml', 'event-bad', 'sendkey-many', 'domtime-set-off'])('%s stays a VirshError', (name) => {
    expect(errorOf(release, name).name).toBe('VirshError');
  });
});

describe.each(releases('virsh'))('the errors of %s that are not of every domain', (release) => {
  it.each([
    ['connection-no-daemon', /^Failed to connect socket/],
    ['connection-lost', /^end of file$/],
    ['connection-no-driver', /^no connection driver available/],
    ['connection-not-again', /^Failed to connect socket/],
    ['connection-no-rights', /^authentication unavailable: no polkit agent/],
  ] as const)('%s is ConnectionFailedError', (name, reason) => {
    const error = errorOf(release, name);
    expect(error).toBeInstanceOf(ConnectionFailedError);
    expect(error).toMatchObject({ connectionReason: expect.stringMatching(reason) as string });
  });

  it('locked is DomainLockedError', () => {
    const error = errorOf(release, 'locked');
    expect(error).toBeInstanceOf(DomainLockedError);
    expect(error).toMatchObject({ holder: 'monitor=remoteDispatchDomainSuspend', domain: "it's 'q' n" });
  });
});

describe('the errors that one release showed', () => {
  it('debian-12: metadata-none is MetadataNotFoundError', () => {
    expect(errorOf(releaseOn('virsh', 'bookworm'), 'metadata-none')).toBeInstanceOf(MetadataNotFoundError);
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
