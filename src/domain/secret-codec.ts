import type { WriteRequest } from './request.ts';
import type { LiveTrigger } from './trigger.ts';

/** Stands between the client and the service: values on the wire, digests on our side of it. */
export interface SecretCodec {
  /** Values that must be shown nowhere; it grows as live triggers are read. */
  readonly hidden: ReadonlySet<string>;
  /** A live trigger with digests in place of what is secret in it: by schema, or by the manifest that its label names. */
  conceal(trigger: LiveTrigger): LiveTrigger;
  /**
   * A request as it is sent: values in place of digests.
   *
   * @throws MxtError `usage` where a value is not known: a digest is never sent in its place
   */
  reveal(request: WriteRequest): WriteRequest;
}
