/** Versions of the service's API, the newest first. */
export const API_VERSIONS = ['0.82', '0.81'] as const;
export type ApiVersion = (typeof API_VERSIONS)[number];

/** What each variant does. Apart from the variants themselves, so that `--help` need not load them. */
export const VARIANT_SUMMARIES = {
  'merge-schedules': 'a PATCH of schedule_config keeps the properties that it leaves out',
  'drop-unknown': 'what the models of actions and schedules do not declare is not stored',
  'typed-defaults': 'every declared member that was left out is stored with its default, null included',
  'clamp-intervals': 'an interval below 300 s is stored as 300 s',
  'fifty-active': 'the 51st active trigger of a namespace is refused (403 QuotaExceededError)',
  'rates-by-category': 'calls are limited by category, by the rate_limits of GET /v1/organizations',
  'description-500': 'a description of more than 500 characters is refused (422)',
  'answers-before': 'PATCH, pause and resume answer the trigger as it was before',
  'lists-lag': 'lists show a write only after 2 s',
  'unresolved-names': 'only ids (ns_…) name a namespace: a name has empty lists, with X-Namespace-Unresolved',
} as const;
export type VariantName = keyof typeof VARIANT_SUMMARIES;

export const isVariantName = (text: string): text is VariantName => Object.hasOwn(VARIANT_SUMMARIES, text);
