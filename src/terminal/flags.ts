import type { PlanFormat } from '../render/plan/plan-formats.ts';

/** Flags that every command understands, as commander hands them over. */
export interface CommonFlags {
  readonly env?: string;
  readonly config: string;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  /** Of commands that read live state. */
  readonly checkRefs?: boolean;
}

export interface SelectionFlags {
  readonly only: readonly string[];
  readonly except: readonly string[];
}

/** Flags of every command that calls the service. */
export interface ServiceFlags extends CommonFlags {
  readonly sandbox?: boolean;
  readonly concurrency: number;
}

/** Flags of every command that reads live state. */
export interface LiveFlags extends ServiceFlags, SelectionFlags {}

/** Flags that change what apply does. Plan takes them too, so that both have the same digest. */
export interface PlanningFlags extends LiveFlags {
  readonly maxDeletes?: number;
  readonly maxCredits?: number;
  readonly allowEmpty?: boolean;
  readonly allowOlder?: boolean;
  readonly replace: readonly string[];
  readonly resumeFailed?: boolean;
  readonly createMissing?: boolean;
  /** Of plan only. */
  readonly allEnvironments?: boolean;
}

export interface PlanFlags extends PlanningFlags {
  readonly format: 'text' | 'json';
}

export interface PlanCommandFlags extends PlanningFlags {
  readonly format: PlanFormat;
  /** The saved plan; the same as `outJson`. */
  readonly out?: string;
  readonly outJson?: string;
  readonly outMarkdown?: string;
  readonly outHtml?: string;
  readonly base?: string;
  readonly detailedExitcode?: boolean;
}
