// Put in by the build.

/** From package.json. */
declare const MXT_VERSION: string;
declare const MXT_HOMEPAGE: string;
/** Where workflows find the action of this very version, as `uses:` has it; empty where no release built it. */
declare const MXT_ACTION: string;
