/**
 * Ctrl-C ends reads at once, but never a write in flight: nobody could tell whether the service acted on it. The signal
 * follows another one, except while writing.
 */
export class InterruptGate {
  readonly #controller = new AbortController();
  readonly #interrupted: AbortSignal;
  readonly #follow: () => void;
  #writing = false;

  /** @param whileWriting called for an interrupt that has to wait */
  constructor(interrupted: AbortSignal, whileWriting: () => void) {
    this.#interrupted = interrupted;
    this.#follow = () => {
      if (this.#writing) whileWriting();
      else this.#controller.abort();
    };
    if (interrupted.aborted) this.#follow();
    interrupted.addEventListener('abort', this.#follow, { once: true });
  }

  /** From now on it follows no longer: the other signal lives as long as the process. */
  close(): void {
    this.#interrupted.removeEventListener('abort', this.#follow);
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
