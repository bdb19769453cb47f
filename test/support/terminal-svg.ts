/** A picture of a terminal: colours as GitHub has them on a dark page. */
const PAINTS: Readonly<Record<string, string>> = {
  '31': '#ff7b72',
  '32': '#3fb950',
  '33': '#d29922',
  '35': '#d2a8ff',
};
const [PAGE, TEXT, DIM] = ['#0d1117', '#e6edf3', '#8b949e'];
const SIZE = 14;
/** How wide a letter of a monospaced font is, and how far lines are apart. */
const [LETTER, LINE] = [SIZE * 0.6, 20];
const PAD = 18;

interface Span {
  readonly text: string;
  /** In columns. */
  readonly at: number;
  readonly fill: string;
  readonly bold: boolean;
}

/**
 * What a command printed on a terminal, as SVG. Each span has its place and its width, so that columns stand below one
 * another in any font.
 */
export function terminalSvg(printed: string, columns: number, title: string): string {
  const lines = printed.trimEnd().split('\n').map(spansOf);
  const width = Math.ceil(columns * LETTER + 2 * PAD);
  const height = lines.length * LINE + 2 * PAD;
  const texts = lines.flatMap((spans, row) => {
    const y = PAD + (row + 0.75) * LINE;
    return spans.map(({ text, at, fill, bold }) => {
      const place = `x="${round(PAD + at * LETTER)}" y="${y}" textLength="${round(text.length * LETTER)}"`;
      return `<text ${place} fill="${fill}"${bold ? ' font-weight="bold"' : ''}>${escapeXml(text)}</text>`;
    });
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">`,
    `<rect width="100%" height="100%" rx="8" fill="${PAGE}"/>`,
    `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace" font-size="${SIZE}">`,
    ...texts,
    '</g></svg>\n',
  ].join('\n');
}

/** A line in its colours; blanks at the ends of spans are left to their places. */
function spansOf(line: string): Span[] {
  let [fill, bold, at] = [TEXT, false, 0];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
  const parts = line.split(/\u001b\[(\d+)m/);
  return parts.flatMap((part, index): Span[] => {
    if (index % 2 === 1) {
      if (part === '1') bold = true;
      else if (part === '2') fill = DIM;
      else if (part === '22') [fill, bold] = [fill === DIM ? TEXT : fill, false];
      else fill = PAINTS[part] ?? TEXT;
      return [];
    }
    // Readers of SVG make one blank of several.
    return part.split(/( {2,})/).flatMap((piece): Span[] => {
      const begin = at;
      at += piece.length;
      const text = piece.trim();
      if (text === '') return [];
      return [{ text, at: begin + piece.length - piece.trimStart().length, fill, bold }];
    });
  });
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
