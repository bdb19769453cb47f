/** What this machine refuses, by the system's word for it: nothing that mxt did wrong. */
const HINTS: Readonly<Record<string, string>> = {
  EMFILE: 'Raise the limit of open files (ulimit -n 1024), or lower --concurrency.',
  ENFILE: 'This machine has too many open files: end other programs.',
  ENOSPC: 'The disk is full, or a quota is used up: make room.',
  EDQUOT: 'The disk is full, or a quota is used up: make room.',
  EACCES: 'This user may not do that: change the rights of the file, or of the folder that it is in.',
  EPERM: 'This user may not do that: change the rights of the file, or of the folder that it is in.',
  EROFS: 'This file system is read-only.',
  ENOMEM: 'There is no memory left.',
  EAGAIN: 'This user may start no more processes now (ulimit -u).',
  ERR_ACCESS_DENIED: "Node's permission model forbids it: allow it, or run without --permission.",
};

/** An error of the system's in words for people; null where it is none, and so may be a bug. */
export function systemFault(
  error: unknown,
): { readonly message: string; readonly hint: string | null } | null {
  if (!(error instanceof Error)) return null;
  const { code, errno, syscall } = error as NodeJS.ErrnoException;
  const isSystem =
    typeof code === 'string' && (HINTS[code] !== undefined || (errno !== undefined && syscall !== undefined));
  if (!isSystem) return null;
  const { permission, resource } = error as { permission?: unknown; resource?: unknown };
  const what = code === 'ERR_ACCESS_DENIED' ? ` (${[permission, resource].filter(Boolean).join(': ')})` : '';
  return { message: error.message + what, hint: HINTS[code] ?? null };
}
