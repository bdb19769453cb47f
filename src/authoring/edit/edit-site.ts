import type { CST, Pair, YAMLMap } from 'yaml';
import type { TextFile } from '../../manifest/files/text-file.ts';

/** A mapping's key with its value, and how the mapping is written. */
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

/** JSON is written as JSON, though YAML would be read there too. */
export function isJson({ path }: Pick<TextFile, 'path'>): boolean {
  return path.toLowerCase().endsWith('.json');
}
