import type { CategoryRates } from '../variants/variant.ts';
import { type Control, controlled } from './sandbox-clock.ts';

/** What an organisation has where nothing limits it here. */
const RATES: CategoryRates = { metadata: 600, data: 600, search: 600, upload: 60, compute: 60 };

/** GET /v1/organizations */
export const getOrganization: Control = (worlds, _, __, { rates }) =>
  controlled(worlds, {
    organization_id: 'org_sandbox',
    organization_name: 'Sandbox',
    account_type: 'free',
    credit_count: 1000,
    rate_limits: { ...(rates ?? RATES) },
    created_at: '2025-01-01T00:00:00Z',
    updated_at: '2025-01-01T00:00:00Z',
  });

/** GET /v1/health/beat: the scheduler's last tick. The sandbox's is always now. */
export const getHealth: Control = (worlds, _, now) =>
  controlled(worlds, {
    status: 'healthy',
    beat_running: true,
    last_heartbeat: now.toISOString(),
    age_seconds: 0,
  });
