// Put in by the build, from package.json.
declare const MXT_VERSION: string;
/** The oldest Node that `engines` allows: `20.19`. */
declare const MXT_OLDEST_NODE: string;
