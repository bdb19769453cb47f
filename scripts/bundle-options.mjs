// How src/ becomes JavaScript, for the package and for the action alike.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const { version, homepage = 'https://github.com/mixpeek-triggers/mxt#readme' } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);

/** @type {import('esbuild').BuildOptions} */
export const bundleOptions = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  alias: { 'node:http2': './scripts/no-http2.cjs' },
  define: {
    MXT_VERSION: JSON.stringify(version),
    MXT_HOMEPAGE: JSON.stringify(homepage),
    // A release says where its action is (see .github/workflows/release.yml).
    MXT_ACTION: JSON.stringify(process.env.MXT_ACTION ?? ''),
  },
  // CommonJS packages inside an ESM bundle still ask for node's own modules through require(), and for their place.
  banner: {
    js: [
      "import { createRequire as __createRequire } from 'node:module';",
      'const require = __createRequire(import.meta.url), __filename = new URL(import.meta.url).pathname;',
    ].join(''),
  },
  logLevel: 'warning',
};
