import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { Empty } from '@/components/empty';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { $api } from '@/lib/api/client';
import { asApiError } from '@/lib/api/errors';
import type { Report } from '@/lib/api/report';
import { ReportButtons } from './report-buttons';

interface Props {
  runId: string;
  /** What is said while there is no report. */
  notYet: string;
  children: (report: Report) => ReactNode;
}

/** What came of a run: its parts below each other, under what can be done with the report. */
export function WithReport({ runId, notYet, children }: Props) {
  const query = $api.useQuery('get', '/api/v1/runs/{run_id}/report', { params: { path: { run_id: runId } } });
  if (query.error && asApiError(query.error).status === 409) {
    return (
      <Panel>
        <Empty>{notYet}</Empty>
      </Panel>
    );
  }
  return (
    <Loaded query={query}>
      {(data) => {
        const report = data as unknown as Report;
        return (
          <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
            <ReportButtons report={report} />
            {children(report)}
          </Box>
        );
      }}
    </Loaded>
  );
}
