/**
 * Ctrl-C ends reading at once, and never a write in flight: whether that was acted on would be anybody's guess.
 * The signal follows another one, except while writing is done.
 */
export class InterruptGate {
  readonly #controller = new AbortController();
  #writing = false;

  /** @param whileWriting hears of an interrupt that has to wait */
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
