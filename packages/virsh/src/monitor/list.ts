import {
  checkedWords,
  createCommand,
  OutputParseError,
  parseInteger,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';

/** States by which {@link Virsh.list} can filter. */
export type ListState = 'running' | 'paused' | 'shutoff' | 'other';

/** What {@link Virsh.list} takes. */
export interface VirshListOptions extends CallOptions {
  /**
   * Lists domains that run and domains that don't.
   * @default false: only those that run, paused ones too
   */
  readonly all?: boolean;
  /**
   * Lists only domains that don't run.
   * @default false
   */
  readonly inactive?: boolean;
  /**
   * Only domains in one of these states. `shutoff` includes those that don't run without `inactive`
   * or `all`.
   */
  readonly states?: ListState | readonly ListState[];
  /**
   * Only domains whose definition is kept (true), or only those that go away when they end (false).
   */
  readonly persistent?: boolean;
  /** Only domains that libvirt starts by itself (true), or only the others (false). */
  readonly autostart?: boolean;
}

/** One domain as {@link Virsh.list} returns it. */
export interface ListedDomain {
  readonly uuid: string;
  /**
   * Number of the running domain; another one each time it starts. Undefined while it does not run.
   */
  readonly id: number | undefined;
  readonly name: string;
}

/** The words of {@link VirshListOptions}. */
export const virshListRows: Rows<VirshListOptions> = {
  all: { kind: 'flag', option: '--all' },
  inactive: { kind: 'flag', option: '--inactive' },
  states: {
    kind: 'one-or-many',
    option: '--state-',
    each: { kind: 'choice', values: ['running', 'paused', 'shutoff', 'other'] },
  },
  persistent: { kind: 'flag', option: '--persistent', off: '--transient' },
  autostart: { kind: 'flag', option: '--autostart', off: '--no-autostart' },
};

/** Builds the command of {@link Virsh.list}. See virsh(1), `list`. */
export function virshListCommand(options: VirshListOptions = {}): Command {
  const filters = checkedWords(virshListRows, options);
  return createCommand('virsh', ['list', '--uuid', '--id', '--name', ...filters], { effect: 'read' });
}

// A name can have blanks anywhere, so it comes last and is never trimmed.
const row = /^(?<uuid>[0-9a-f-]{36}) (?<id>\d+|-) (?<name>.+)$/;

/** Reads what the command of {@link Virsh.list} prints. */
export function parseVirshList(stdout: string): ListedDomain[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { uuid, id, name } = row.exec(line)?.groups ?? {};
      if (uuid === undefined || id === undefined || name === undefined) {
        throw new OutputParseError('a line of virsh list is not a UUID, an id and a name', { text: line });
      }
      return { uuid, id: id === '-' ? undefined : parseInteger('id', id), name };
    });
}
