import compare from '../../schemas/compare.schema.json' with { type: 'json' };
import config from '../../schemas/config.schema.json' with { type: 'json' };
import defaults from '../../schemas/defaults.schema.json' with { type: 'json' };
import doctor from '../../schemas/doctor.schema.json' with { type: 'json' };
import dryRun from '../../schemas/dry-run.schema.json' with { type: 'json' };
import environments from '../../schemas/environments.schema.json' with { type: 'json' };
import events from '../../schemas/events.schema.json' with { type: 'json' };
import history from '../../schemas/history.schema.json' with { type: 'json' };
import plan from '../../schemas/plan.schema.json' with { type: 'json' };
import result from '../../schemas/result.schema.json' with { type: 'json' };
import run from '../../schemas/run.schema.json' with { type: 'json' };
import schedule from '../../schemas/schedule.schema.json' with { type: 'json' };
import show from '../../schemas/show.schema.json' with { type: 'json' };
import simulation from '../../schemas/simulation.schema.json' with { type: 'json' };
import status from '../../schemas/status.schema.json' with { type: 'json' };
import trigger from '../../schemas/trigger.schema.json' with { type: 'json' };
import validation from '../../schemas/validation.schema.json' with { type: 'json' };
import type { SchemaKind } from '../schema/schema-kinds.ts';
import type { Io } from '../terminal/io.ts';

/** The schemas that are shipped, as they are: what the tool enforces, what editors complete from, what it prints. */
const SCHEMAS: Readonly<Record<SchemaKind, object>> = {
  trigger,
  config,
  defaults,
  plan,
  result,
  status,
  schedule,
  simulation,
  validation,
  history,
  run,
  doctor,
  'dry-run': dryRun,
  environments,
  show,
  compare,
  events,
};

export function schemaCommand({ of }: { readonly of: SchemaKind }, io: Io): number {
  io.out(`${JSON.stringify(SCHEMAS[of], null, 2)}\n`);
  return 0;
}
