// A part of cron-parser by its own path, which its types do not name. Its index would load luxon with it, which costs
// every start more than all manifests do; package.json pins the version.
declare module 'cron-parser/dist/utils/random.js' {
  /** Draws from 0 to below 1, always the same for a seed that is not empty. */
  export function seededRandom(seed: string): () => number;
}
