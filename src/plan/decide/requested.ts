/** What flags ask for one trigger, beyond its manifest. */
export interface Requested {
  /** `--replace NAME`: what differs and cannot be edited is replaced, though the manifest did not change. */
  readonly replace: boolean;
  /** `--resume-failed` */
  readonly resumeFailed: boolean;
}
