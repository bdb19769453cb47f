import type { Managed } from '../../domain/plan.ts';
import { MxtError } from '../../errors.ts';
import { nearest } from '../../lib/suggest.ts';
import type { Observed } from './observe.ts';

/** Where a trigger is looked for by the name of its manifest. */
export interface Lookup extends Observed {
  /** Names that manifests have: one that is not live yet is no typo. */
  readonly declared: readonly string[];
}

/**
 * The owned triggers of a name: as a rule one, more where a replacement is unfinished or there is a duplicate.
 *
 * @throws MxtError `usage` that says why there is none, and the nearest name
 */
export function findOwned(name: string, lookup: Lookup): readonly Managed[] {
  const { owner, owned, foreign, unmanaged, damaged, declared } = lookup;
  const found = owned.filter(({ label }) => label.name === name);
  if (found.length > 0) return found;
  const byId = owned.find(({ id }) => id === name);
  if (byId !== undefined) throw none(`${name} is an id`, `Its name is ${byId.label.name}.`);
  const others = foreign.find(({ id, label }) => id === name || label.name === name);
  if (others !== undefined) {
    const whose = `${others.id} belongs to ${others.label.owner}`;
    throw none(`${name}: ${whose}, and only triggers of ${owner} are touched`);
  }
  if (unmanaged.some(({ trigger_id }) => trigger_id === name)) {
    throw none(
      `${name} is not managed: it has no ownership label, and only triggers of ${owner} are touched`,
    );
  }
  const broken = damaged.find((one) => one.live.trigger_id === name || one.names.includes(name));
  if (broken !== undefined) {
    throw none(`${name} ${broken.trouble.what}`, `${broken.live.trigger_id}: ${broken.trouble.remedy}.`);
  }
  if (declared.includes(name)) {
    throw none(`${name} has a manifest but is not live yet`, 'mxt apply creates it.');
  }
  const [near] = nearest(name, [...owned.map(({ label }) => label.name), ...declared]);
  throw none(
    `no trigger of ${owner} has the name ${name}`,
    near === undefined ? 'mxt status lists the names.' : `Did you mean ${near}?`,
  );
}

/** The one that a name stands for where only one can be meant: not the one that a replacement has yet to finish. */
export function findOne(name: string, lookup: Lookup): Managed {
  const found = findOwned(name, lookup);
  const finished = found.length === 1 ? found : found.filter(({ label }) => label.replaces === null);
  const [only, second] = finished;
  if (only !== undefined && second === undefined) return only;
  throw none(
    `${found.length} live triggers have the name ${name} (${found.map(({ id }) => id).join(', ')})`,
    'mxt plan shows what it will do with them.',
  );
}

function none(message: string, hint = ''): MxtError {
  return new MxtError('usage', message, hint === '' ? {} : { hint });
}
