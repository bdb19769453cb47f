/** The terminal behind an output. */
export interface Screen {
  /** How many columns it has; null for a pipe or a file, and in CI, whose logs fold lines themselves. */
  columns(stream: 'out' | 'err'): number | null;
  /** Folds lines that are wider. */
  fold(text: string, width: number): string;
}

/** Without a word about itself a terminal has these, as ever. */
const USUAL = 80;
/** Narrower than this, words would have to be cut to pieces. */
const LEAST = 40;

type Stream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>;

/** Null where nobody looks at a terminal: what folds lines is then not even loaded. */
export async function screenOf(out: Stream, err: Stream, isCi: boolean): Promise<Screen | null> {
  if (isCi || !(out.isTTY || err.isTTY)) return null;
  const { fold } = await import('../render/text/fold.ts');
  const streams = { out, err };
  return {
    columns: (stream) => {
      const { isTTY, columns } = streams[stream];
      return isTTY ? Math.max(LEAST, columns || USUAL) : null;
    },
    fold,
  };
}
