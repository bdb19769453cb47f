import picocolors from 'picocolors';

/** Colours for a text, or none at all. Chosen once, where the output is known. */
export type Colors = ReturnType<typeof picocolors.createColors>;

export function colorsFor(enabled: boolean): Colors {
  return picocolors.createColors(enabled);
}
