type Schema = Readonly<Record<string, unknown>>;
export const WITH_WARNINGS: Readonly<Record<string, readonly string[]>>;
export function withWarning(schema: Schema, codes: readonly string[], required: readonly string[]): Schema;
