/** What `mxt schema --of` knows: the files that people write, then what commands print as JSON. */
export const SCHEMA_KINDS = [
  'trigger',
  'config',
  'defaults',
  'plan',
  'result',
  'status',
  'schedule',
  'simulation',
  'validation',
  'history',
  'run',
  'doctor',
  'dry-run',
  'environments',
  'show',
  'compare',
  'events',
] as const;

export type SchemaKind = (typeof SCHEMA_KINDS)[number];
