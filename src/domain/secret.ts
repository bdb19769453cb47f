/**
 * A string of a manifest's `action_config` whose value is shown nowhere: one that holds `${{ secrets.NAME }}`, or one at
 * a place that is secret by schema. `action_config` itself holds `digest` there, so that hashes, comparisons, plans and
 * digests see nothing else; the value is put in by a `SecretCodec` when the request is sent.
 */
export interface SecretUse {
  /** JSON pointer into the manifest: `/action_config/notification_config/channels/0/config/url`. */
  readonly pointer: string;
  /** The variables that it holds, without `MXT_SECRET_`; empty where the manifest writes the value out. */
  readonly names: readonly string[];
  /** As it is written, other references resolved; null where the manifest writes the value out. */
  readonly template: string | null;
  /**
   * What stands for it: 8 hex digits of the SHA-256 of its value. Where one of its variables is not set, and so for
   * commands that need none, the template itself.
   */
  readonly digest: string;
}
