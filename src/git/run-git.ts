/** What comes of one call of git: its output, or null where it failed (also where there is no git at all). */
export async function git(root: string, args: readonly string[], input = ''): Promise<string | null> {
  return (await gitBytes(root, args, input))?.toString('utf8') ?? null;
}

/** The same as it came: contents of files, whose sizes are told in bytes. */
export async function gitBytes(root: string, args: readonly string[], input = ''): Promise<Buffer | null> {
  const { execFile } = await import('node:child_process'); // costs what a plan outside Git need not pay
  return new Promise((done) => {
    const child = execFile(
      'git',
      ['-c', 'core.quotePath=false', ...args],
      {
        cwd: root,
        encoding: 'buffer',
        maxBuffer: 256 * 1024 * 1024,
        env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
      },
      (error, stdout) => done(error === null ? stdout : null),
    );
    child.stdin?.on('error', () => {}); // git ended before it read its input: the exit code tells
    child.stdin?.end(input);
  });
}
