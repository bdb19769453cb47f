import type { PlanFormat } from '../render/plan/plan-formats.ts';

/** Flags that every command understands, as commander hands them over. */
export interface CommonFlags {
  readonly env?: string;
  readonly config: string;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  /** Only where live state is read. */
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

/** Flags that change what apply does. They are plan's too, so that its digest can be expected. */
export interface PlanningFlags extends LiveFlags {
  readonly maxDeletes?: number;
  readonly allowEmpty?: boolean;
  readonly replace: readonly string[];
  readonly resumeFailed?: boolean;
  /** Plan's alone. */
  readonly allEnvironments?: boolean;
}

export interface PlanFlags extends PlanningFlags {
  readonly format: 'text' | 'json';
}

export interface PlanCommandFlags extends PlanningFlags {
  readonly format: PlanFormat;
  /** The saved plan: the same as `outJson`, under the name that apply's users know. */
  readonly out?: string;
  readonly outJson?: string;
  readonly outMarkdown?: string;
  readonly outHtml?: string;
  readonly base?: string;
  readonly detailedExitcode?: boolean;
}
