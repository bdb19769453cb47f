/** Header names in lower case. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** What came back, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Null where the body broke off or was too large: `broken` says how. */
  readonly text: string | null;
  readonly broken: string | null;
}

/** One value of a header; the first where there are several. */
export function headerOf(headers: Headers, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** Sends a call once. Throws NoAnswer, or the signal's reason where it was aborted. */
export type Send = (
  call: { readonly method: string; readonly path: string; readonly body: object | null },
  options: { readonly timeoutMs: number; readonly signal: AbortSignal | undefined },
) => Promise<Answer>;
