// Which sources make which file of dist/. Few files start faster than many, and what V8 has to read of a file it reads
// even where nothing calls it: 30 KB are a millisecond. What nobody names here is split at each dynamic import.

/** Loaded at once, with all that they import, in the order in which a module goes to a file. */
export const LOADED = {
  start: ['src/mxt.ts', 'src/main.ts', 'src/cli/cli.ts'],
  program: ['src/cli/program.ts'],
  client: ['src/net/undici.ts'],
  plan: [
    'src/commands/plan.ts',
    'src/schedule/forecast/forecaster.ts',
    'src/schedule/forecast/observe-service.ts',
    'src/schedule/forecast/difference-warnings.ts',
    'src/session/health-findings.ts',
    'src/session/unmanaged-findings.ts',
  ],
};

/**
 * Imported by those above, and run by few plans: loaded where the first of it is used, with what only it imports. A plan
 * of plain manifests that changes nothing loads none of these (test/process/start.test.ts). A source that is used as
 * soon as it is imported (`class A extends B`, `const a = b()`) cannot be here.
 */
export const DEFERRED = {
  /** Where something differs, or may be somebody else's. */
  changes: [
    'src/plan/match/claims.ts',
    'src/plan/match/lookalikes.ts',
    'src/plan/match/match.ts',
    'src/plan/match/renames.ts',
    'src/plan/compare/compare.ts',
    'src/plan/compare/ignored.ts',
    'src/plan/decide/adopt.ts',
    'src/plan/decide/create.ts',
    'src/plan/decide/decide.ts',
    'src/plan/decide/duplicates.ts',
    'src/plan/decide/existing.ts',
    'src/plan/decide/recovery.ts',
    'src/plan/decide/remove.ts',
    'src/plan/rules/say-drops.ts',
    'src/schedule/forecast/today.ts',
    'src/schedule/zone/moment-words.ts',
    'src/schedule/zone/zone-data.ts',
    'src/lib/apply-requests.ts',
    'src/render/plan/schedule-lines.ts',
    'src/render/plan/severity.ts',
  ],
  /** Where a manifest is more than plain: layers, one for each, references. */
  composed: [
    'src/manifest/compose/defaults.ts',
    'src/manifest/compose/for-each.ts',
    'src/manifest/compose/layer.ts',
    'src/manifest/compose/overlays.ts',
    'src/manifest/resolve/pieces.ts',
    'src/manifest/resolve/resource-ids.ts',
    'src/api/list-resources.ts',
  ],
  /** What flags ask for. */
  flags: [
    'src/plan/match/glob.ts',
    'src/session/base-revision.ts',
    'src/session/snapshot.ts',
    'src/terminal/files.ts',
    'src/terminal/growing-file.ts',
  ],
  /** What is said where something is wrong. */
  faults: [
    'src/api/error-body.ts',
    'src/api/failures.ts',
    'src/net/no-answer.ts',
    'src/manifest/check/expected.ts',
    'src/manifest/parse/json-error.ts',
    'src/schedule/cron/spell-field.ts',
    'src/schedule/readings/read-alike.ts',
    'src/lib/suggest.ts',
  ],
  /** With node:zlib, where an answer is compressed. */
  decoders: ['src/net/decoders.ts'],
  /** What undici has for bodies that are forms, for fetch, and for processors without SIMD. */
  spare: ['node_modules/undici/lib/web/fetch/body.js', 'node_modules/undici/lib/llhttp/llhttp-wasm.js'],
};
