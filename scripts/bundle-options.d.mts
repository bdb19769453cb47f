import type { BuildOptions } from 'esbuild';
export const bundleOptions: BuildOptions & { readonly banner: { readonly js: string } };
export const root: string;
