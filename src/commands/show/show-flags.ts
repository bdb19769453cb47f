import type { PlanFormat } from '../../render/plan/plan-formats.ts';
import type { ServiceFlags } from '../../terminal/flags.ts';

export interface ShowFlags extends ServiceFlags {
  readonly format: PlanFormat;
  readonly allEnvironments?: boolean;
}
