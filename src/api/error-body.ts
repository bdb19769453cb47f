import { maskSecretValues } from '../lib/secret-values.ts';
import { oddityIn, parseJson } from './plain-data.ts';
import { type Answer, headerOf } from './transport/answer.ts';
import { describeProblems } from './validation-problems.ts';

/** What an error answer says, from whichever of the forms it has. Text of the service's, not yet redacted. */
export interface ErrorBody {
  readonly type: string | null;
  readonly message: string | null;
  readonly details: unknown;
  /** Whether it has the form of the service or of its framework; what has not comes from something in between. */
  readonly own: boolean;
}

/**
 * Three forms are known: the service's own `{error: {type, message, details}}`, its framework's `{detail: […]}` for
 * requests of the wrong shape, and the HTML of a proxy in between.
 *
 * @param sent the body of the request
 */
export function readErrorBody({ text, headers, broken }: Answer, sent: object | null): ErrorBody {
  if (text === null) return { type: null, message: broken, details: null, own: false };
  if (text.trim() === '') return { type: null, message: null, details: null, own: false };
  const body = parse(text);
  if (!isRecord(body))
    return { type: null, message: inPlaceOfJson(text, headers), details: null, own: false };
  const error = isRecord(body['error']) ? body['error'] : body;
  const { type, message, details, detail } = error;
  const problems =
    describeProblems(detail, sent) ??
    describeProblems(isRecord(details) ? details['validation_errors'] : null, sent);
  const said =
    typeof message === 'string' ? message : typeof body['error'] === 'string' ? body['error'] : null;
  return {
    type: typeof type === 'string' ? type : null,
    message: [said, problems].filter((part) => part !== null).join(': ') || null,
    details,
    own: isRecord(body['error']) || 'detail' in body,
  };
}

/** The title of an HTML page. Each character is looked at once, however many titles begin and do not end. */
function titleIn(text: string): string | undefined {
  const begin = text.search(/<title/i);
  const end = begin === -1 ? -1 : text.indexOf('>', begin);
  if (end === -1) return undefined;
  const next = text.indexOf('<', end);
  return text.slice(end + 1, next === -1 ? text.length : next).trim();
}

/** What stands where JSON should, in a few words. */
export function inPlaceOfJson(text: string, headers: Answer['headers']): string {
  if (text.trim() === '') return 'its body is empty';
  const title = titleIn(text);
  if (
    title !== undefined ||
    /^\s*<(?:!doctype|html)/i.test(text) ||
    /html/i.test(headerOf(headers, 'content-type') ?? '')
  ) {
    return `it is HTML, as a proxy would send${title ? ` ("${title}")` : ''}`;
  }
  return `its body is not JSON: ${maskSecretValues(text.trim()).slice(0, 200)}`;
}

function parse(text: string): unknown {
  try {
    const body = parseJson(text);
    return oddityIn(body) === 'deep' ? null : body;
  } catch {
    return null; // what is no JSON is described by its text
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
