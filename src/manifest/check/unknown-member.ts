import type { Path } from './diagnostic.ts';

/** As `allow_unknown` names it: `action_config.acceptance.new_option`; what stands in a list has no number. */
export function unknownMember(path: Path, name: string): string {
  return [...path.filter((step) => typeof step === 'string'), name].join('.');
}
