/** Why a call of git came to nothing. */
export interface GitFault {
  /** `missing`: there is no git; `forbidden`: this process may start no programs, or has no room for one. */
  readonly reason: 'missing' | 'forbidden' | 'failed';
  /** What git or the system said, as one line. */
  readonly message: string;
}

export type GitAnswer =
  | { readonly output: Buffer; readonly fault: null }
  | { readonly output: null; readonly fault: GitFault };

/**
 * Configuration that would start other programs, whoever wrote it: a monitor of the file system, hooks. And a folder
 * of the tree that looks like a bare repository must not be taken for one: its `config` came with a pull request.
 */
const SAFE = [
  '-c',
  'core.quotePath=false',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'safe.bareRepository=explicit',
];

/** What git needs of the environment. Everything else stays here: keys and tokens are no business of its helpers. */
const PASSED =
  /^(?:PATH|HOME|XDG_CONFIG_HOME|USER|LOGNAME|USERNAME|SUDO_UID|TMPDIR|TEMP|TMP|TZ|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|USERPROFILE|HOMEDRIVE|HOMEPATH|SystemRoot|windir|PATHEXT|COMSPEC|ProgramData|ProgramFiles|APPDATA|LOCALAPPDATA|GIT_EXEC_PATH|GIT_CONFIG_GLOBAL|GIT_CONFIG_SYSTEM|GIT_CONFIG_NOSYSTEM|GIT_OBJECT_DIRECTORY|GIT_ALTERNATE_OBJECT_DIRECTORIES)$/i;

/** @param args begin with where the repository is, as `Checkout` says it: git must not look for one by itself */
export async function runGit(folder: string, args: readonly string[], input = ''): Promise<GitAnswer> {
  const { execFile } = await import('node:child_process'); // costs what a plan outside Git need not pay
  return new Promise((done) => {
    const failed = (error: Error, stderr = '') => done({ output: null, fault: faultOf(error, stderr) });
    try {
      const child = execFile(
        'git',
        [...SAFE, ...args],
        { cwd: folder, encoding: 'buffer', maxBuffer: 256 * 1024 * 1024, env: gitEnvironment(process.env) },
        (error, stdout, stderr) =>
          error === null ? done({ output: stdout, fault: null }) : failed(error, stderr.toString()),
      );
      child.stdin?.on('error', () => {}); // git ended before it read its input: the exit code tells
      child.stdin?.end(input);
    } catch (error) {
      failed(error as Error); // a permission model that forbids it throws at once
    }
  });
}

export function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const passed = Object.entries(env).filter(([name]) => PASSED.test(name));
  return {
    ...Object.fromEntries(passed),
    ...trusted(env),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1', // objects that a partial clone lacks would be fetched by whatever its remote names
    LC_ALL: 'C', // what git says is read
  };
}

/** Folders that the environment declares safe. Other settings that come this way may be credentials. */
function trusted(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const count = Math.min(Number(env['GIT_CONFIG_COUNT']) || 0, 1000);
  const folders = [...Array(count).keys()]
    .filter((at) => env[`GIT_CONFIG_KEY_${at}`]?.toLowerCase() === 'safe.directory')
    .map((at) => env[`GIT_CONFIG_VALUE_${at}`] ?? '');
  if (folders.length === 0) return {};
  const pairs = folders.flatMap((folder, at) => [
    [`GIT_CONFIG_KEY_${at}`, 'safe.directory'],
    [`GIT_CONFIG_VALUE_${at}`, folder],
  ]);
  return { GIT_CONFIG_COUNT: String(folders.length), ...Object.fromEntries(pairs) };
}

function faultOf(error: Error, stderr: string): GitFault {
  const { code } = error as { code?: unknown };
  if (code === 'ENOENT') return { reason: 'missing', message: 'git is not installed, or is not in PATH' };
  // A number is an exit code; a word comes from the system, which did not start it.
  if (typeof code === 'string' && code !== 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
    return { reason: 'forbidden', message: `git cannot be started (${code})` };
  }
  const [line = ''] = stderr.split('\n').filter((one) => /^(?:fatal|error): /.test(one));
  return { reason: 'failed', message: line.slice(line.indexOf(' ') + 1) || error.message.slice(0, 200) };
}
