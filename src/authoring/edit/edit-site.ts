import type { CST, Pair, YAMLMap } from 'yaml';

/** Where a text is edited: a key of a mapping, its value, and how the mapping is written. */
export interface EditSite {
  readonly text: string;
  readonly json: boolean;
  readonly holder: YAMLMap;
  readonly token: CST.BlockMap | CST.FlowCollection;
  readonly key: string;
  /** Null where the key is not there yet. */
  readonly pair: Pair | null;
  readonly order: readonly string[];
}
