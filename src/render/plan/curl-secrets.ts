import type { JsonObject } from '../../domain/json.ts';
import type { WriteRequest } from '../../domain/request.ts';
import type { SecretUse } from '../../domain/secret.ts';
import { sha256 } from '../../lib/canonical.ts';
import { fromPointer, setAt } from '../../lib/pointer.ts';
import { printable, printableJson } from '../../lib/printable.ts';
import { secretName } from '../../lib/secret-name.ts';
import { quote } from './shell.ts';

interface Sent {
  readonly name: string;
  readonly request: WriteRequest;
}

/**
 * The secrets of a script: it reads each from a variable, those too that manifests write out, for which it makes up
 * names. Nothing is sent before all of them are set.
 */
export class CurlSecrets {
  /** Lines for the script's head. */
  readonly lines: readonly string[];
  /** Names for values that manifests write out, by their digests. */
  readonly #writtenOut = new Map<string, string>();

  constructor(requests: readonly Sent[]) {
    const uses = requests.flatMap(({ name, request }) => usesOf(request).map((use) => ({ name, use })));
    const referred = new Set(uses.flatMap(({ use }) => use.names));
    const taken = new Set(referred);
    const made = uses.flatMap(({ name, use: { template, digest, pointer } }) => {
      if (template !== null || this.#writtenOut.has(digest)) return [];
      const path = fromPointer(pointer);
      const secret = secretName([name, ...path.slice(5).filter((step) => !/^\d+$/.test(step))], taken);
      taken.add(secret);
      this.#writtenOut.set(digest, secret);
      return [
        `# The value that the manifest of ${printable(`${name} writes out at ${path.join('.')}`)}`,
        must(secret),
      ];
    });
    this.lines =
      uses.length === 0
        ? []
        : [
            "command -v jq > /dev/null || { echo 'jq is needed: it writes secrets as JSON' >&2; exit 1; }",
            ...[...referred].sort().map(must),
            ...made,
          ];
  }

  /** A body for a shell, in which secrets are read from their variables and written as JSON. */
  quoteBody(request: WriteRequest, body: object): string {
    const uses = usesOf(request);
    const mark = `mxt-secret-${sha256(JSON.stringify(body))}`;
    const marked = uses.reduce(
      (node, { pointer }, at) => setAt(node, pointer, `${mark}-${at}`),
      body as JsonObject,
    );
    return uses.reduce(
      (text, { template, digest }, at) => {
        const value = template ?? `\${{ secrets.${this.#writtenOut.get(digest)} }}`;
        return text.replace(`"${mark}-${at}"`, () => `'"$(printf %s ${shellText(value)} | jq -Rs .)"'`);
      },
      quote(printableJson(marked, 0)),
    );
  }
}

function usesOf(request: WriteRequest): readonly SecretUse[] {
  return request.op === 'create' ? (request.secrets ?? []) : [];
}

/** Empty is as good as unset: a secret is never sent as nothing. */
function must(name: string): string {
  return `: "\${MXT_SECRET_${name}:?is not set: it holds a secret}"`;
}

/** `'Bearer '"$MXT_SECRET_TOKEN"` */
function shellText(template: string): string {
  return template
    .split(/(?<!\$)\$\{\{\s*secrets\.([A-Za-z0-9_]+)\s*\}\}/)
    .map((part, at) =>
      at % 2 === 1 ? `"$MXT_SECRET_${part}"` : part === '' ? '' : quote(part.replaceAll('$${{', () => '${{')),
    )
    .join('');
}
