/** Imported as text: `import plan from './plan.yml' with { type: 'text' }`. */
declare module '*.yml' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: what an import as text gives is its default
  export default text;
}
