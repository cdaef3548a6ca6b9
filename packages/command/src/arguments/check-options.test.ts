import { describe, expect, it } from 'vitest';
import type { CallOptions } from '../client-options.js';
import { InvalidArgumentError } from '../errors.js';
import { argumentWords, checkedWords } from './argument-words.js';
import { checkOptions } from './check-options.js';
import type { ArgumentTable, Rows, TextRow } from './rows.js';

interface ToolOptions extends CallOptions {
  readonly name: string;
  readonly recursive?: boolean;
  readonly mount?: boolean;
  readonly depth?: number;
  readonly type?: 'file' | 'folder';
  readonly tags?: readonly string[];
  readonly excludes?: readonly string[];
  readonly sources?: string | readonly string[];
  readonly properties?: Readonly<Record<string, string>>;
  readonly volume?: { readonly sizeBytes: number; readonly sparse?: boolean };
}

const text: TextRow = {
  kind: 'text',
  check: (argument, value) => {
    if (/^\w+$/.test(value)) return value;
    throw new InvalidArgumentError({ argument, value, expected: 'letters' });
  },
  sample: 'a',
};

const rows: Rows<ToolOptions> = {
  recursive: { kind: 'flag', option: '-r' },
  mount: { kind: 'flag', off: '-u' },
  depth: { kind: 'integer', option: '-d', maximum: 9 },
  type: { kind: 'choice', option: '--type=', values: ['file', 'folder'] },
  tags: { kind: 'list', option: '-t', join: ',', each: text, guard: true },
  excludes: { kind: 'list', option: '--exclude=', each: text, mayBeEmpty: true },
  sources: { kind: 'one-or-many', option: '--from=', each: text },
  properties: { kind: 'record', option: '-o', name: text, value: text },
  volume: {
    kind: 'group',
    rows: {
      sparse: { kind: 'flag', option: '-s' },
      sizeBytes: { kind: 'integer', option: '-V', unit: 'b', required: true },
    },
  },
  name: { ...text, required: true },
};

/** What is said of options that are refused. */
function refusal(options: unknown, table: ArgumentTable<ToolOptions> = rows): string {
  try {
    checkOptions<ToolOptions>(table, options as ToolOptions);
  } catch (error) {
    if (InvalidArgumentError.isInstance(error)) return error.message;
    throw error;
  }
  return 'nothing';
}

describe('checkOptions', () => {
  it('returns a copy that nothing changes any more', () => {
    const tags = ['a'];
    const checked = checkOptions<ToolOptions>(rows, { name: 'x', tags, sources: 'b', timeoutMs: 5 });
    tags.push('c');
    expect(checked).toEqual({ name: 'x', tags: ['a'], sources: ['b'], timeoutMs: 5 });
    expect([checked, checked.tags, checked.sources].every(Object.isFrozen)).toBe(true);
  });

  it('leaves out what is undefined, but for what guards', () => {
    expect(Object.keys(checkOptions<ToolOptions>(rows, { name: 'x', signal: undefined }))).toEqual(['name']);
    expect(refusal({ name: 'x', tags: undefined })).toContain('tags: undefined is not valid');
  });

  it.each([
    [{ name: 'x', recursive: 'false' }, 'recursive: "false" is not valid: expected true or false'],
    [{ name: 'x', recursive: null }, 'recursive: null is not valid: expected true or false'],
    [{ name: 'x', depth: 1.5 }, 'depth: 1.5 is not valid: expected a whole number from 0 to 9'],
    [{ name: 'x', depth: Number.NaN }, 'depth: NaN is not valid: expected a whole number from 0 to 9'],
    [{ name: 'x', type: 'link' }, 'type: "link" is not valid: expected file or folder'],
    [{ name: 'x', tags: 'a' }, 'tags: "a" is not valid: expected a list'],
    [{ name: 'x', tags: [] }, 'tags: [] is not valid: expected one value or more, or to be left out'],
    [{ name: 'x', tags: ['a', undefined] }, 'tags[1]: undefined is not valid: expected a text, as "a"'],
    [{ name: 'x', excludes: [, 'a'] }, 'excludes[0]: undefined is not valid: expected a text, as "a"'],
    [{ name: 'x', sources: [] }, 'sources: [] is not valid'],
    [{ name: 'x', properties: new Date(0) }, 'properties: "1970-01-01T00:00:00.000Z" is not valid'],
    [{ name: 'x', properties: { quota: { a: 1 } } }, 'properties.quota: {"a":1} is not valid: expected a text'],
    [{ name: 'x', properties: { quota: undefined } }, 'properties.quota: undefined is not valid: expected a text'],
    [{ name: 'x', volume: {} }, 'volume.sizeBytes: undefined is not valid: expected a value'],
    [
      { name: 'x', volume: { sizeBytes: 1, sparce: true } },
      'volume.sparce: is no option: expected the name of an option, as sparse',
    ],
    [{}, 'name: undefined is not valid: expected a value'],
    [{ name: 'x', timeoutMs: '5' }, 'timeoutMs: "5" is not valid: expected milliseconds'],
    [{ name: 'x', signal: {} }, 'signal: {} is not valid: expected an AbortSignal'],
    ['x', 'options: "x" is not valid: expected an object with recursive, mount'],
    [null, 'options: null is not valid'],
    [Object.create({ name: 'x' }), 'options: {} is not valid'],
  ])('refuses %j', (options, message) => {
    expect(refusal(options)).toContain(message);
  });

  it.each([
    ['recursiv', 'recursive'],
    ['RECURSIVE', 'recursive'],
    ['time_out_ms', 'timeoutMs'],
    ['exclude', 'excludes'],
    ['propertys', 'properties'],
    ['from', 'sources'],
    ['t', 'tags'],
    ['u', 'mount: false'],
  ])('names the option that is meant by %s', (name, near) => {
    expect(refusal({ name: 'x', [name]: 'x' })).toBe(
      `${name}: is no option: expected the name of an option, as ${near}`,
    );
  });

  it.each(['T', '$', '', 'unmount', 'rec'])('guesses nothing of %j', (name) => {
    expect(refusal({ name: 'x', [name]: 'x' })).toContain('expected one of recursive, mount, depth');
  });

  it('names the option that says its unit', () => {
    const named = refusal({ name: 'x', volume: { sizeBytes: 1, size: 1 } });
    expect(named).toBe('volume.size: is no option: expected the name of an option, as sizeBytes');
  });

  it('names all options where none is near', () => {
    expect(refusal({ name: 'x', somethingElse: 1 })).toContain('expected one of recursive, mount, depth');
  });

  it('does not keep what stands under a name that is no option: it may be a secret', () => {
    for (const options of [
      { name: 'x', encrytion: { key: 'secret' } },
      { name: 'x', volume: { sizeBytes: 1, key: 'secret' } },
    ]) {
      const error = (() => {
        try {
          return checkOptions<ToolOptions>(rows, options);
        } catch (reason) {
          return reason;
        }
      })();
      expect(InvalidArgumentError.isInstance(error) && error.value).toBe(undefined);
      expect(JSON.stringify(error) + String(error)).not.toContain('secret');
    }
  });

  it('reads each option once', () => {
    let reads = 0;
    const options = {
      name: 'x',
      get recursive() {
        reads += 1;
        return reads === 1 ? true : ('evil' as never);
      },
    };
    expect(checkOptions<ToolOptions>(rows, options).recursive).toBe(true);
    expect(reads).toBe(1);
  });

  it('sees what a loop over the keys would not', () => {
    const hidden = Object.defineProperty({ name: 'x' }, 'recursive', { value: true });
    expect(checkOptions<ToolOptions>(rows, hidden as ToolOptions)).toMatchObject({ recursive: true });
    const behind: unknown = Object.assign(
      Object.create(Object.assign(Object.create(null) as object, { recursive: true })),
      {
        name: 'x',
      },
    );
    expect(() => checkOptions<ToolOptions>(rows, behind as ToolOptions)).toThrow(InvalidArgumentError);
  });

  it('does not take what every object has for an option', () => {
    expect(refusal(JSON.parse('{"name":"x","__proto__":{"recursive":true}}'))).toContain('__proto__: is no option');
    expect(refusal({ name: 'x', toString: 'x' })).toContain('toString: is no option');
  });
});

describe('checkOptions of several kinds', () => {
  interface One {
    readonly type: 'one';
    readonly name: string;
  }
  interface Other {
    readonly type: 'other';
    readonly size: number;
  }
  const by: ArgumentTable<One | Other> = {
    by: 'type',
    variants: {
      one: { type: { kind: 'choice', values: ['one'], required: true }, name: { ...text, required: true } },
      other: {
        type: { kind: 'choice', values: ['other'], required: true },
        size: { kind: 'integer', required: true },
      },
    },
  };

  it('goes by the value of an option', () => {
    expect(checkOptions<One | Other>(by, { type: 'one', name: 'a' })).toEqual({ type: 'one', name: 'a' });
    expect(refusal({ type: 'other', name: 'a' }, by as never)).toContain('name: is no option');
    expect(refusal({ type: 'constructor' }, by as never)).toBe(
      'type: "constructor" is not valid: expected one or other',
    );
  });

  it('goes by which options there are', () => {
    interface Named {
      readonly name: string;
    }
    interface Ranged {
      readonly from: string;
      readonly to?: string;
    }
    const exclusive: ArgumentTable<Named | Ranged> = {
      exclusive: [
        { name: { ...text, required: true } },
        { from: { ...text, required: true }, to: { kind: 'text', check: text.check, sample: 'a' } },
      ],
    };
    expect(checkOptions<Named | Ranged>(exclusive, { from: 'a' })).toEqual({ from: 'a' });
    expect(refusal({ name: 'a', to: 'b' }, exclusive as never)).toBe('to: "b" is not valid: expected none beside name');
    expect(refusal({ to: 'b' }, exclusive as never)).toContain('expected name or from to be given');
  });
});

describe('argumentWords', () => {
  it('are none by default', () => {
    expect(checkedWords<ToolOptions>(rows, { name: 'x', recursive: false, mount: true, excludes: [] })).toEqual([]);
  });

  it('are those of all options, in the order of the rows', () => {
    const checked = checkOptions<ToolOptions>(rows, {
      ...{ name: 'x', sources: ['p', 'q'], recursive: true, mount: false, depth: 3, type: 'file' },
      ...{ tags: ['a', 'b'], excludes: ['c', 'd'], properties: { e: 'f' }, volume: { sizeBytes: 7, sparse: true } },
    });
    expect(argumentWords(rows, checked)).toEqual([
      ...['-r', '-u', '-d', '3', '--type=file', '-t', 'a,b', '--exclude=c', '--exclude=d', '--from=p', '--from=q'],
      ...['-o', 'e=f', '-s', '-V', '7b'],
    ]);
  });
});

describe('rows', () => {
  it('are one for each option, of its kind: anything else does not compile', () => {
    interface Options extends CallOptions {
      readonly name: string;
      readonly force?: boolean;
    }
    const name = { ...text, required: true } as const;
    const good: Rows<Options> = { name, force: { kind: 'flag' } };
    // @ts-expect-error -- one is forgotten
    const forgotten: Rows<Options> = { name };
    // @ts-expect-error -- one too many
    const surplus: Rows<Options> = { name, force: { kind: 'flag' }, more: { kind: 'flag' } };
    // @ts-expect-error -- of another kind
    const other: Rows<Options> = { name, force: text };
    // @ts-expect-error -- it must be given, and the row does not say so
    const optional: Rows<Options> = { name: text, force: { kind: 'flag' } };
    // @ts-expect-error -- it need not be given
    const required: Rows<Options> = { name, force: { kind: 'flag', required: true } };
    expect(
      [good, forgotten, surplus, other, optional, required].every(
        (table) => table.name === name || table.name === text,
      ),
    ).toBe(true);
  });
});
