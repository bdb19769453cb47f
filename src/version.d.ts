/** From package.json, put in by the build. */
declare const MXT_VERSION: string;
declare const MXT_HOMEPAGE: string;
