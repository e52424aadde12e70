import { useSample } from '../api/asking';
import { usePlanEditor } from '../plan/editor-context';
import type { PlanTable } from '../plan/model';

export const ROWS = [20, 50, 200] as const;

/** What the plan, as it is typed now, makes of some rows of a table. */
export function useTableSample(table: PlanTable | undefined, rows: number = ROWS[0]) {
  const { plan, reading } = usePlanEditor();
  return useSample({
    projectId: plan.project_id,
    text: reading.text,
    table: table ? table.target || table.source : '',
    rows,
    enabled: reading.faults.length === 0,
  });
}
