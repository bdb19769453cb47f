import { isMap, isScalar, type YAMLMap } from 'yaml';
import type { JsonObject } from '../../domain/json.ts';
import type { Path } from '../../manifest/check/diagnostic.ts';
import type { TextFile } from '../../manifest/files/text-file.ts';
import { isJsonFile } from '../../manifest/parse/parse-file.ts';
import { addToBlock, removeFromBlock, setInBlock } from './edit-block.ts';
import { addToFlow, removeFromFlow, setInFlow } from './edit-flow.ts';
import { setItems } from './edit-list.ts';
import type { EditSite } from './edit-site.ts';
import { type Difference, firstDifference } from './first-difference.ts';
import { orderAt } from './key-order.ts';
import { type ManifestPosition, manifestAt, mappingValue, parseCst } from './parse-cst.ts';
import { applyTextEdits, type TextEdit } from './text-edit.ts';

/**
 * A file's text in which one manifest says what it should, and all the rest stands as it was: comments, blanks, quotes,
 * the order of keys. One difference at a time, each looked for anew in what the one before it left. Null where it
 * cannot be done: the value comes from an anchor, say.
 */
export function rewrite(file: TextFile, position: ManifestPosition, manifest: JsonObject): string | null {
  const windows = file.text.includes('\r\n') && !/(?<!\r)\n/.test(file.text);
  let text = windows ? file.text.replaceAll('\r\n', '\n') : file.text;
  let last = '';
  for (;;) {
    const documents = parseCst(text);
    const map = manifestAt(documents, position);
    if (map === null) return null;
    const wanted = firstDifference(mappingValue(documents, position, map), manifest);
    if (wanted === null) return windows ? text.replaceAll('\n', '\r\n') : text;
    const attempt = JSON.stringify(wanted);
    const site = attempt === last ? null : siteOf(text, isJsonFile(file), map, wanted.path, manifest);
    const change = site === null ? null : edit(site, wanted);
    if (change === null) return null;
    text = applyTextEdits(text, [change]);
    last = attempt;
  }
}

function siteOf(
  text: string,
  json: boolean,
  map: YAMLMap,
  path: Path,
  manifest: JsonObject,
): EditSite | null {
  const above = path.slice(0, -1);
  const key = String(path.at(-1));
  const holder = above.length === 0 ? map : map.getIn(above, true);
  const token = isMap(holder) ? holder.srcToken : undefined;
  if (!isMap(holder) || (token?.type !== 'block-map' && token?.type !== 'flow-collection')) return null;
  const pair = holder.items.find((one) => isScalar(one.key) && String(one.key.value) === key) ?? null;
  return { text, json, holder, token, key, pair, order: orderAt(above, manifest) ?? [] };
}

function edit(site: EditSite, difference: Difference): TextEdit | null {
  const flow = site.token.type === 'flow-collection';
  switch (difference.kind) {
    case 'remove':
      return flow ? removeFromFlow(site) : removeFromBlock(site);
    case 'add':
      return flow ? addToFlow(site, difference.value) : addToBlock(site, difference.value);
    case 'set':
      return flow ? setInFlow(site, difference.value) : setInBlock(site, difference.value);
    case 'list':
      return (
        setItems(site, difference.before, difference.value) ??
        (flow ? setInFlow(site, difference.value) : setInBlock(site, difference.value))
      );
    default:
      throw difference satisfies never;
  }
}
