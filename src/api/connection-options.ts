import { MxtError } from '../errors.ts';

/** What may stand in an HTTP header: visible ASCII, blanks inside. */
const HEADER_VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

export interface ConnectionOptions {
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly apiKeyEnv?: string;
  readonly namespace: string;
}

/**
 * Catches here what undici would refuse with an error of its own at the first call. Says which variable is wrong,
 * never what stands in the key's.
 */
export function checkConnection({
  apiUrl,
  apiKey,
  apiKeyEnv = 'MP_API_KEY',
  namespace,
}: ConnectionOptions): void {
  if (!/^https?:\/\//i.test(apiUrl) || !URL.canParse(apiUrl)) {
    throw new MxtError('usage', `MP_API_URL is no URL: ${apiUrl}`, {
      hint: 'It looks like https://api.mixpeek.com.',
    });
  }
  if (!HEADER_VALUE.test(apiKey)) {
    throw new MxtError('usage', `the key in ${apiKeyEnv} is empty or holds characters that no key has`, {
      hint: 'A line break at its end, or a quotation mark pasted with it?',
    });
  }
  if (!HEADER_VALUE.test(namespace)) {
    throw new MxtError(
      'usage',
      `the namespace is empty or holds characters that no header can: ${namespace}`,
      {
        hint: 'Set MP_NAMESPACE to its id or name.',
      },
    );
  }
}
