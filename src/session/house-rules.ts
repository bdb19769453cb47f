import type { Config, Environment, Settings } from '../config/load-config.ts';
import type { Inspect } from '../manifest/resolve/resolve-manifests.ts';

/**
 * The house rules of an environment, and the findings that its `lint` makes errors. Null where there are none: then no
 * lint is loaded.
 */
export async function houseRulesFor(
  config: Config,
  environment: Environment | null,
  now: Date,
): Promise<Inspect | null> {
  const settings = environment ?? config;
  const { rules, lint } = settings;
  if (Object.keys(rules).length === 0 && !Object.values(lint).includes('error')) return null;
  const [{ breaches }, { lintErrors }] = await Promise.all([
    import('../lint/breaches.ts'),
    import('../lint/lint.ts'),
  ]);
  const where =
    environment === null || hasSameRules(environment, config) ? '' : ` of environment ${environment.name}`;
  return (desired) => [...breaches(desired, settings, now, where), ...lintErrors(desired, settings, now)];
}

/** Where an environment has the rules of all, a breach names no environment, and counts once. */
function hasSameRules(one: Settings, other: Settings): boolean {
  const ofRules = ({ rules, credits }: Settings) => JSON.stringify([rules, credits]);
  return ofRules(one) === ofRules(other);
}
