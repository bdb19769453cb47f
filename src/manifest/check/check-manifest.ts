import type { JsonObject } from '../../domain/json.ts';
import { assumeTriggerType } from './assume-type.ts';
import type { Diagnostic } from './diagnostic.ts';
import { manifestRuleDiagnostics, type RuleContext } from './manifest-rules.ts';
import type { SchemaCheck } from './schema-check.ts';

export interface CheckContext extends RuleContext {
  readonly schema: SchemaCheck;
}

/**
 * All that is wrong with one manifest by itself: the schema, then the rules beyond it.
 *
 * @returns at most one diagnostic a value, none where the manifest is valid
 */
export function checkManifest(manifest: JsonObject, context: CheckContext): Diagnostic[] {
  const diagnostics = context.schema.diagnostics(manifest, context.allowUnknown);
  const assumed = diagnostics.length === 0 ? manifest : assumeTriggerType(manifest);
  if (assumed !== manifest) {
    const more = context.schema.diagnostics(assumed, context.allowUnknown);
    diagnostics.push(...more.filter(({ path }) => path[0] === 'schedule_config'));
  }
  const taken = new Set(
    diagnostics.filter(({ on }) => on === 'value').map(({ path }) => JSON.stringify(path)),
  );
  for (const diagnostic of manifestRuleDiagnostics(assumed, context)) {
    // One diagnostic a value: the schema's comes first.
    if (!taken.has(JSON.stringify(diagnostic.path))) diagnostics.push(diagnostic);
  }
  return diagnostics;
}
