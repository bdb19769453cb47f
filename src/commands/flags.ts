/** Flags that every command understands, as commander hands them over. */
export interface CommonFlags {
  readonly env?: string;
  readonly config: string;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

export interface SelectionFlags {
  readonly only: readonly string[];
  readonly except: readonly string[];
}

/** Flags of every command that reads live state. */
export interface LiveFlags extends CommonFlags, SelectionFlags {
  readonly sandbox?: boolean;
  readonly concurrency: number;
}

/** Flags that change what apply does. They are plan's too, so that its digest can be expected. */
export interface PlanningFlags extends LiveFlags {
  readonly maxDeletes?: number;
  readonly allowEmpty?: boolean;
  readonly replace: readonly string[];
  readonly resumeFailed?: boolean;
}

export interface PlanFlags extends PlanningFlags {
  readonly format: 'text' | 'json';
}
