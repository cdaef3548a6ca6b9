import { createCommand, localTransport, type Command, type Transport } from '@quiesce/command';
import { scriptedTransport, type ScriptedReply } from '@quiesce/command/testing';

/** A snapshot or bookmark of the fake. */
interface FakePlace {
  readonly guid: string;
  readonly createtxg: number;
  readonly properties: Map<string, string>;
  readonly holds: Set<string>;
}

/** Two pools on one host: what is asked of ZFS by replications, and no more. */
export class FakeZfs {
  /** Datasets, snapshots and bookmarks by name. */
  readonly places: Map<string, FakePlace> = new Map<string, FakePlace>();
  /** Replies to commands that begin with these words, before they do anything. */
  readonly replies: Map<string, ScriptedReply> = new Map<string, ScriptedReply>();
  private count = 0;

  add(name: string, properties: Readonly<Record<string, string>> = {}, like?: FakePlace): void {
    this.count += 1;
    const [guid, createtxg] = [like?.guid ?? String(1000 + this.count), like?.createtxg ?? this.count];
    this.places.set(name, { guid, createtxg, properties: new Map(Object.entries(properties)), holds: new Set() });
  }

  /** The names that begin so, in order. */
  names(prefix: string): string[] {
    return [...this.places.keys()].filter((name) => name.startsWith(prefix)).sort();
  }

  holds(prefix: string): string[] {
    return this.names(prefix).flatMap((name) =>
      [...(this.places.get(name)?.holds ?? [])].map((tag) => `${name} ${tag}`),
    );
  }

  private valueOf(name: string, property: string): string {
    const place = this.places.get(name);
    const isSnapshot = name.includes('@');
    const known: Readonly<Record<string, string | undefined>> = {
      guid: place?.guid,
      createtxg: String(place?.createtxg ?? 0),
      creation: String(1_364_083_186 + (place?.createtxg ?? 0)),
      encryption: 'off',
      mounted: isSnapshot ? '-' : 'no',
      userrefs: isSnapshot ? String(place?.holds.size ?? 0) : '-',
    };
    return known[property] ?? place?.properties.get(property) ?? '-';
  }

  private get(args: readonly string[]): ScriptedReply {
    const words = args.slice(args.indexOf('--') + 1);
    const [list = '', ...datasets] = words;
    const option = (name: string): string | undefined =>
      args.includes(name) ? args[args.indexOf(name) + 1] : undefined;
    const missing = datasets.find((name) => !this.places.has(name));
    if (missing !== undefined) return { exitCode: 1, stderr: `cannot open '${missing}': dataset does not exist\n` };
    const types = option('-t')?.split(',') ?? ['filesystem', 'snapshot', 'bookmark'];
    const typeOf = (name: string): string =>
      name.includes('@') ? 'snapshot' : name.includes('#') ? 'bookmark' : 'filesystem';
    const all = datasets.flatMap((name) => [
      name,
      ...(option('-d') === undefined && option('-t') !== 'snapshot'
        ? []
        : [...this.places.keys()].filter((other) => other.startsWith(`${name}@`) || other.startsWith(`${name}#`))),
    ]);
    const columns = option('-o')?.split(',') ?? [];
    const rows = all
      .filter((name) => types.includes(typeOf(name)))
      .flatMap((name) =>
        list.split(',').map((property) => {
          const value = this.valueOf(name, property);
          const source = this.places.get(name)?.properties.has(property) === true ? 'local' : '-';
          const told: Readonly<Record<string, string>> = { name, property, source, value };
          return columns.map((column) => told[column] ?? '').join('\t');
        }),
      );
    return { stdout: rows.map((row) => `${row}\n`).join('') };
  }

  /** What a send sends: names and guids. */
  private sent(args: readonly string[]): string[] {
    const last = args.at(-1) ?? '';
    const [dataset = ''] = last.split('@');
    const from = args.includes('-I') ? (args[args.indexOf('-I') + 1] ?? '') : undefined;
    if (from === undefined) return [last];
    const txgOf = (name: string): number => this.places.get(name)?.createtxg ?? 0;
    return [...this.places.keys()]
      .filter((name) => name.startsWith(`${dataset}@`) && txgOf(name) > txgOf(from) && txgOf(name) <= txgOf(last))
      .sort((a, b) => txgOf(a) - txgOf(b));
  }

  private write(args: readonly string[]): ScriptedReply {
    const [subcommand] = args;
    const words = args.slice(1).filter((word) => word !== '--');
    const pairs = args.flatMap((word): (readonly [string, string])[] => {
      const [name = '', value] = word.split('=');
      return value === undefined ? [] : [[name, value]];
    });
    const [first = '', ...others] = words;
    const last = words.at(-1) ?? '';
    switch (subcommand) {
      case 'snapshot':
        this.add(last, Object.fromEntries(pairs));
        return {};
      case 'hold':
        for (const name of others) this.places.get(name)?.holds.add(first);
        return {};
      case 'release':
        for (const name of others) this.places.get(name)?.holds.delete(first);
        return {};
      case 'bookmark':
        this.add(last, {}, this.places.get(first));
        return {};
      case 'set':
        for (const [name, value] of pairs) this.places.get(last)?.properties.set(name, value);
        return {};
      case 'destroy':
        this.places.delete(last);
        return {};
      default:
        return {};
    }
  }

  private receive(args: readonly string[], stream: string): void {
    const dataset = args.at(-1) ?? '';
    if (!this.places.has(dataset)) {
      const pairs = args.filter((word) => word.includes('=')).map((word) => word.split('='));
      this.add(dataset, Object.fromEntries(pairs) as Record<string, string>);
    }
    for (const name of stream.split('\n').filter((line) => line !== '')) {
      this.add(`${dataset}@${name.replace(/^.*@/, '')}`, {}, this.places.get(name));
    }
  }

  /** A transport to it, with the commands that were run. */
  reach(): Transport & { readonly commands: readonly Command[] } {
    const scripted = scriptedTransport(async ({ args, file }, stdin) => {
      const line = [file, ...args].join(' ');
      const [, reply] = [...this.replies].find(([words]) => line.startsWith(words)) ?? [];
      if (reply !== undefined) return reply;
      if (file === 'cat' || file === 'sh' || file === 'unshare') return { stdout: '' };
      switch (args[0]) {
        case 'get':
          return this.get(args);
        case 'holds':
          return {
            stdout: args
              .slice(3)
              .flatMap((name) => [...(this.places.get(name)?.holds ?? [])].map((tag) => `${name}\t${tag}\t1\n`))
              .join(''),
          };
        case 'send':
          if (args[1] === '-nvP') return { stdout: `size\t100\n` };
          return { stdout: `${this.sent(args).join('\n')}\n` };
        case 'receive':
          this.receive(args, await stdin);
          return {};
        default:
          return this.write(args);
      }
    });
    const hold = 'printf \'%s %s\\n\' "$1" "$EPOCHREALTIME"; exec cat >/dev/null';
    return {
      name: 'fake',
      commands: scripted.commands,
      start: (command, options) => {
        if (!command.args.includes('flock')) return scripted.start(command, options);
        const token = command.args.at(-1) ?? '';
        return localTransport().start(createCommand('bash', ['-c', hold, 'bash', token], { stop: 'kill' }), options);
      },
    };
  }
}
