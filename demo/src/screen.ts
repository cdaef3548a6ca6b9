/** What a screen writes to: standard output, or a test's. */
export interface ScreenStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Lines that stay, and on a terminal also a few at the bottom that are drawn again and again. */
export interface Screen {
  /** Whether there are lines at the bottom. */
  readonly isLive: boolean;
  /** Writes a line that stays. */
  print(line: string): void;
  /** Says what is at the bottom from now on. Without a function: nothing. */
  show(render?: () => readonly string[]): void;
}

const redrawMs = 200;

/** A terminal that the user has not asked to be kept plain. */
export function isLiveTerminal(
  stream: ScreenStream,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  const { NO_COLOR, CI, TERM } = environment;
  return stream.isTTY === true && !NO_COLOR && !CI && TERM !== 'dumb';
}

/** Plain lines: a log, a pipe, a terminal that can't do more. */
export function createPlainScreen(stream: ScreenStream): Screen {
  return { isLive: false, print: (line) => stream.write(`${line}\n`), show: () => undefined };
}

/**
 * A terminal.
 *
 * Its own, because of the well-kept libraries log-update needs Node 22 and listr2 too, and their
 * older versions get no more fixes: a few lines at the bottom, cut to the width, are not worth
 * that.
 */
export function createLiveScreen(stream: ScreenStream): Screen {
  let render: (() => readonly string[]) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let drawn = 0;
  const draw = (above = ''): void => {
    // A terminal that does not know its width says 0.
    const width = (stream.columns === undefined || stream.columns === 0 ? 80 : stream.columns) - 1;
    const lines = (render?.() ?? []).map((line) => `${line.slice(0, width)}\n`);
    const clear = drawn === 0 ? '' : `\x1b[${String(drawn)}A\r\x1b[J`;
    drawn = lines.length;
    const text = clear + above + lines.join('');
    if (text !== '') stream.write(text);
  };
  return {
    isLive: true,
    print: (line) => draw(`${line}\n`),
    show: (next) => {
      clearInterval(timer);
      render = next;
      timer = next === undefined ? undefined : setInterval(draw, redrawMs).unref();
      draw();
    },
  };
}
