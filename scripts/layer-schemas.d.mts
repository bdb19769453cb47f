type Schema = Readonly<Record<string, unknown>>;
export function readSchema(name: string): Schema;
export function withLayers(trigger: Schema, config: Schema): { trigger: Schema; config: Schema; defaults: Schema };
