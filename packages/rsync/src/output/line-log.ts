const maximumLength = 256 * 1024;

/** The last lines of a stream: 256 KiB of them. */
export interface LineLog {
  readonly add: (line: string) => void;
  readonly lines: () => readonly string[];
}

/**
 * Keeps lines in flat memory: the oldest go first, because a program says why it failed at the end.
 */
export function createLineLog(): LineLog {
  let kept: string[] = [];
  let length = 0;
  let first = 0;
  return {
    add: (line) => {
      kept.push(line);
      length += line.length + 1;
      while (length > maximumLength && first < kept.length - 1) {
        length -= (kept[first]?.length ?? 0) + 1;
        first += 1;
      }
      if (first > kept.length / 2) {
        kept = kept.slice(first);
        first = 0;
      }
    },
    lines: () => kept.slice(first),
  };
}
