import type { Conclusion, GitHub } from './github.ts';
import { checkName, externalId, type Identity } from './identity.ts';

/**
 * The check run that says which commit was applied. It is begun before anything is sent, so that a token that may not
 * write it is noticed in time; one that is killed half way stays unfinished, and does not count.
 */
export class ApplyCheck {
  readonly #github: GitHub;
  readonly #sha: string;
  readonly #identity: Identity;
  #id: number | null = null;

  constructor(github: GitHub, sha: string, identity: Identity) {
    this.#github = github;
    this.#sha = sha;
    this.#identity = identity;
  }

  async begin(): Promise<void> {
    this.#id = await this.#create(null, 'Applying', 'In progress.');
  }

  /** @param summary Markdown, within GitHub's limit */
  async end(conclusion: Conclusion, title: string, summary: string): Promise<void> {
    if (this.#id === null) this.#id = await this.#create(conclusion, title, summary);
    else await this.#github.updateCheck(this.#id, { conclusion, title, summary });
  }

  #create(conclusion: Conclusion | null, title: string, summary: string): Promise<number> {
    const name = checkName('apply', this.#identity);
    return this.#github.createCheck(this.#sha, name, externalId(this.#identity), {
      conclusion,
      title,
      summary,
    });
  }
}
