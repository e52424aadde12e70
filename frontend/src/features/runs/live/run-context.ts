import { useOutletContext } from 'react-router';
import type { Schema } from '@/lib/api/client';
import type { Live } from './progress-feed';

/** The run that the pages below /runs/:runId are about. */
export const useRun = () => useOutletContext<{ run: Schema<'RunView'>; live: Live }>();
