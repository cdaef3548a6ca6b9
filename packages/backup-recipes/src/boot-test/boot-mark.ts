import { virshMetadataCommand, type BatchCommand } from '@quiesce/virsh';

const uri = 'https://github.com/quiesce/quiesce/boot';

/** The metadata of the guest of a boot test, as it stands in its definition. */
export function bootMarkXml(runId: string): string {
  return `<quiesce:boot xmlns:quiesce="${uri}" run="${runId}"/>`;
}

/** Reads which boot test a running guest is of: undefined where it does not say so. */
export function readBootMark({ domain }: { domain: string }): BatchCommand<string | undefined> {
  return { command: virshMetadataCommand({ domain, uri, live: true }), parse: parseBootMark };
}

/** Reads what the command of {@link readBootMark} prints. */
export function parseBootMark(stdout: string): string | undefined {
  return /^<boot run="(?<runId>\d+-[0-9a-f]{8})"\/>\s*$/.exec(stdout)?.groups?.['runId'];
}
