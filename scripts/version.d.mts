export const TEXTS: readonly string[];
export function renamed(text: string, from: string, to: string): string;
