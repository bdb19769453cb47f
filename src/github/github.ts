/** What is asked of GitHub, and no more: commands are handed this, and tests hand in what they like. */
export interface GitHub {
  /** `acme/search` */
  readonly repository: string;
  /** Whose token it is; null where GitHub does not say. */
  viewer(): Promise<string | null>;
  /** Every comment of a pull request, oldest first. */
  comments(pull: number): Promise<PullComment[]>;
  createComment(pull: number, body: string): Promise<PullComment>;
  updateComment(id: number, body: string): Promise<void>;
  /** One that is gone already is fine. */
  deleteComment(id: number): Promise<void>;
  pull(number: number): Promise<PullRequest>;
  /** Pull requests that brought a commit; open ones too where the commit is on no default branch yet. */
  pullsOf(sha: string): Promise<PullRequest[]>;
  /** The newest 100 commits that a commit reaches, itself first. */
  commits(sha: string): Promise<Commit[]>;
  /** Every check run of that name on a commit, older ones of the same name included. */
  checkRuns(sha: string, name: string): Promise<CheckRun[]>;
  /** @returns its id */
  createCheck(sha: string, name: string, externalId: string, state: CheckState): Promise<number>;
  updateCheck(id: number, state: CheckState): Promise<void>;
}

export interface PullComment {
  readonly id: number;
  /** The author's login; null where the account is gone. */
  readonly author: string | null;
  readonly body: string;
  readonly url: string;
}

export interface PullRequest {
  readonly number: number;
  readonly headSha: string;
  /** The branch that it goes into, by its short name. */
  readonly base: string;
  readonly merged: boolean;
  /** Open: GitHub's own test merge. Merged: the commit on the base branch. */
  readonly mergeSha: string | null;
}

export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
}

export interface CheckRun {
  readonly id: number;
  readonly externalId: string;
  /** The short name of the app that wrote it; null where GitHub does not say. */
  readonly app: string | null;
  /** Null while it runs. */
  readonly conclusion: string | null;
  readonly text: string;
}

/** `text` and `summary` are Markdown of at most 65,535 bytes each (GitHub says characters, and counts bytes). */
export interface CheckState {
  /** Null while it runs. */
  readonly conclusion: Conclusion | null;
  readonly title: string;
  readonly summary: string;
  readonly text?: string;
}

export type Conclusion = 'success' | 'failure' | 'neutral' | 'cancelled';

/** GitHub's limit for each text of a check run, in bytes. */
export const CHECK_LIMIT = 65_535;
