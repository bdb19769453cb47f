/**
 * Ctrl-C ends reads at once, but never a write in flight: nobody could tell whether the service acted on it. The signal
 * follows another one, except while writing.
 */
export class InterruptGate {
  readonly #controller = new AbortController();
  #writing = false;

  /** @param whileWriting called for an interrupt that has to wait */
  constructor(interrupted: AbortSignal, whileWriting: () => void) {
    const follow = () => {
      if (this.#writing) whileWriting();
      else this.#controller.abort();
    };
    if (interrupted.aborted) follow();
    interrupted.addEventListener('abort', follow, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  async suspend<T>(write: () => Promise<T>): Promise<T> {
    this.#writing = true;
    try {
      return await write();
    } finally {
      this.#writing = false;
    }
  }
}
