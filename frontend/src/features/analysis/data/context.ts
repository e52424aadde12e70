import { useOutletContext } from 'react-router';
import type { Schema } from '@/lib/api/client';
import type { Analysis } from './analyses';

/** What the pages of this step are about. */
export interface AnalysisContext {
  project: Schema<'ProjectView'>;
  /** Newest first. */
  analyses: readonly Analysis[];
  /** Nothing when there is none. */
  chosen: Analysis | undefined;
}

export const useAnalysisContext = () => useOutletContext<AnalysisContext>();
