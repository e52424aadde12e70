import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Filter, useFilters } from '@/components/filter';
import { Beside } from '@/components/side-panel';
import { CaseList } from '../components/case-list';
import { RiskPanel } from '../components/risk-panel';
import { RiskTable } from '../components/risk-table';
import { WithAssessment } from '../components/with-assessment';
import type { Assessment } from '../data/assessment';

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'note'] as const;

function Risks({ assessment: { risks, cases } }: { assessment: Assessment }) {
  const { t } = useTranslation('analysis');
  const { values, set } = useFilters(['risk', 'severity', 'find']);
  const wanted = (values.find ?? '').toLowerCase();
  const shown = risks.filter(
    ({ title, severity, evidence }) =>
      (!values.severity || severity === values.severity) &&
      (title.toLowerCase().includes(wanted) ||
        evidence.some(({ table, column }) => `${table}.${column}`.toLowerCase().includes(wanted))),
  );
  const chosen = risks.find(({ kind }) => kind === values.risk);
  const close = () => {
    set({ risk: undefined });
  };
  return (
    <Beside side={chosen && <RiskPanel key={chosen.kind} risk={chosen} onClose={close} />}>
      <Filter
        search={{
          label: t('risks.search'),
          value: values.find,
          onChange: (find) => {
            set({ find });
          },
        }}
        choices={[
          {
            name: 'severity',
            label: t('risks.severity'),
            value: values.severity,
            onChange: (severity) => {
              set({ severity });
            },
            options: [
              { value: '', label: t('all.severities') },
              ...SEVERITIES.map((each) => ({ value: each, label: t(`severity.${each}`) })),
            ],
          },
        ]}
      />
      <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <RiskTable risks={shown} none={risks.length === 0} brief={chosen !== undefined} />
        <CaseList cases={cases} risks={risks} />
      </Box>
    </Beside>
  );
}

/** What may go wrong, the gravest first, and what each may become. */
export default function RisksRoute() {
  return <WithAssessment>{(assessment) => <Risks assessment={assessment} />}</WithAssessment>;
}
