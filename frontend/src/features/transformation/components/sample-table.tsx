import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import type { PlanTable } from '../plan/model';
import { sourcesOf, type Sample } from '../plan/sample';
import { Outcome } from './outcome';
import { SampleCell } from './sample-cell';

interface Props {
  sample: Sample;
  table: PlanTable;
  waiting: boolean;
}

const cell = {
  px: 3,
  borderBlockEnd: '1px solid',
  borderColor: 'divider',
  textAlign: 'start',
  verticalAlign: 'top',
} as const;
const head = {
  ...cell,
  position: 'sticky',
  insetBlockStart: 0,
  bgcolor: 'background.paper',
  py: 1.5,
  zIndex: 1,
} as const;

/** Rows before and after, those first that are rejected or altered. */
export function SampleTable({ sample, table, waiting }: Props) {
  const { t } = useTranslation('transformation');
  const columns = sample.columns.map((column) => ({ ...column, sources: sourcesOf(sample, table, column.target) }));
  return (
    <Box
      tabIndex={0}
      role="group"
      aria-label={t('sample.title')}
      aria-busy={waiting}
      sx={{
        overflow: 'auto',
        minHeight: 0,
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        opacity: waiting ? 0.6 : 1,
      }}
    >
      <Box
        component="table"
        aria-label={t('sample.title')}
        sx={{ borderCollapse: 'separate', borderSpacing: 0, minWidth: '100%' }}
      >
        <thead>
          <tr>
            <Box component="th" scope="col" sx={head}>
              {t('sample.row')}
            </Box>
            {columns.map(({ target, type, sources }) => (
              <Box component="th" scope="col" key={target} sx={{ ...head, whiteSpace: 'nowrap' }}>
                <Box className="code" sx={{ fontWeight: 600 }}>
                  <bdi>{target}</bdi>
                </Box>
                <Box className="code" sx={{ color: 'text.secondary', fontWeight: 400 }}>
                  {sources.length > 0 && sources.join() !== target ? `${sources.join(' · ')} → ` : ''}
                  {type}
                </Box>
              </Box>
            ))}
          </tr>
        </thead>
        <tbody>
          {sample.rows.map((row, at) => (
            <tr key={at}>
              <Box component="td" sx={{ ...cell, py: 1 }}>
                <Outcome of={row.outcome} />
                {row.findings.map(({ column, message, kind }) => (
                  <Box
                    key={`${column ?? ''} ${kind} ${message ?? ''}`}
                    sx={{ color: row.after ? 'altered.main' : 'error.main', fontSize: '0.8571rem', minWidth: '24ch' }}
                  >
                    {column && (
                      <>
                        <bdi className="code">{column}</bdi>:{' '}
                      </>
                    )}
                    <bdi>{message || kind}</bdi>
                  </Box>
                ))}
              </Box>
              {columns.map(({ target, sources }) => (
                <Box component="td" key={target} sx={cell}>
                  <SampleCell row={row} target={target} sources={sources} bare />
                </Box>
              ))}
            </tr>
          ))}
        </tbody>
      </Box>
    </Box>
  );
}
