/** What a process of a test gets of this one's environment: nothing that says who runs the tests, or what is set up here. */
export function childEnv(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH, NODE_OPTIONS } = process.env;
  // `npm run test:dates` shifts the date by NODE_OPTIONS: a command is to live on the date of its test.
  return { PATH: PATH ?? '', ...(NODE_OPTIONS === undefined ? {} : { NODE_OPTIONS }), ...more };
}
