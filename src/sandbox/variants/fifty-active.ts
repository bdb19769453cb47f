import { quotaExceeded } from '../http/reply-outcome.ts';
import type { Variant } from './variant.ts';

const MOST_ACTIVE = 50;

const isActive = ({ status }: { status?: unknown }): boolean => (status ?? 'active') === 'active';

export const fiftyActive: Variant = {
  refuse: ({ triggers }, next, before) => {
    if (!isActive(next) || (before !== null && isActive(before))) return null;
    const active = triggers.filter(isActive).length;
    if (active < MOST_ACTIVE) return null;
    const message = `A namespace may have ${MOST_ACTIVE} active triggers, and this one has ${active}`;
    return quotaExceeded(message, { limit: MOST_ACTIVE, active });
  },
};
