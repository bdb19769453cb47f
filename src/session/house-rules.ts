import type { Config, Environment, Settings } from '../config/load-config.ts';
import type { Inspect } from '../manifest/resolve/resolve-manifests.ts';

/**
 * The house rules of an environment, and what its lint makes errors. Null where nothing is asked: then nothing of it is
 * loaded.
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

/** Where all environments have the same rules, one breach is one problem, whatever the environment. */
function hasSameRules(one: Settings, other: Settings): boolean {
  const ofRules = ({ rules, credits }: Settings) => JSON.stringify([rules, credits]);
  return ofRules(one) === ofRules(other);
}
