const STYLE = /(?<=<style>\n?).*?(?=<\/style>)/s;

/** A page as its golden holds it: the style sheet, which every page repeats, has one of its own. */
export function withoutStyle(page: string): string {
  return page.replace(STYLE, '…');
}

export function styleOf(page: string): string {
  return STYLE.exec(page)?.[0] ?? '';
}
