import picocolors from 'picocolors';

/** How a text is painted, and how much of it stands beside one another. Chosen once, where the output is known. */
export type Colors = ReturnType<typeof picocolors.createColors> & {
  /** Columns of the terminal; null for a pipe or a file, where nothing is cut. */
  readonly width: number | null;
};

export function colorsFor(enabled: boolean, width: number | null = null): Colors {
  return { ...picocolors.createColors(enabled), width };
}
