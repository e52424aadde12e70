/** How far an analysis is: `progress` of it, and the event `run.progress` of the topic of its id. */
export interface AnalysisProgress {
  phase: string;
  done: number;
  /** Not there while nobody knows. */
  total?: number;
  unit: string;
  detail?: string;
}

export const isAnalysisProgress = (value: unknown): value is AnalysisProgress =>
  typeof value === 'object' && value !== null && 'phase' in value && 'done' in value;

/** 0 to 1; nothing while it is not known. */
export const shareOf = ({ done, total }: AnalysisProgress) => (total ? Math.min(1, done / total) : undefined);
