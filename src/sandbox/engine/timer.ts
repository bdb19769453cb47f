/** At least so long between two looks: whoever asks meanwhile gets what has fallen due anyway. */
const SHORTEST_MS = 250;
/** And at most: another process may have written the file, or a timer may not know how long a machine slept. */
const LONGEST_MS = 30_000;

/**
 * Calls `tick` again when it says that more falls due, and keeps no process alive. After trouble it goes on with the
 * longest wait, and tells of it once. Answers how to stop it.
 */
export function startTimer(tick: () => Promise<number>, onTrouble: (error: unknown) => void): () => void {
  let stopped = false;
  let troubled = false;
  let timer: NodeJS.Timeout;

  const look = async (): Promise<void> => {
    let wait = LONGEST_MS;
    try {
      wait = await tick();
      troubled = false;
    } catch (error) {
      if (!troubled) onTrouble(error);
      troubled = true;
    }
    if (!stopped) arm(wait);
  };
  const arm = (wait: number): void => {
    timer = setTimeout(look, Math.min(LONGEST_MS, Math.max(SHORTEST_MS, wait))).unref();
  };

  arm(0);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
