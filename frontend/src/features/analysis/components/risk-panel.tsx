import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from '@/components/link';
import { SidePanel } from '@/components/side-panel';
import { useFormat } from '@/lib/format/use-format';
import type { Risk, RiskEvidence } from '../data/assessment';
import { useTo } from '../data/use-to';
import { Part } from './part';
import { SeverityLabel } from './severity-label';
import { SourceText } from './source-text';

const MOST = 50;

const Text = ({ children }: { children: ReactNode }) => <div dir="auto">{children}</div>;

function Place({ table, column, text, sampled, samples }: RiskEvidence) {
  const { t } = useTranslation('analysis');
  const to = useTo();
  const name = column ? `${table}.${column}` : table;
  return (
    <Box component="li" sx={{ py: 2, borderBlockStart: '1px solid', borderColor: 'divider' }}>
      {table && (
        <Link to={to('tables', { table, ...(column && { column }) })}>
          <code>{name}</code>
        </Link>
      )}
      <Text>
        {text}
        {sampled && ` (${t('basis.sample')})`}
      </Text>
      {samples.length > 0 && (
        <Box component="code" dir="auto" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
          {samples.join(', ')}
        </Box>
      )}
    </Box>
  );
}

/** A risk: what becomes of it, what is done about it, what is left to decide, and where it shows. */
export function RiskPanel({ risk, onClose }: { risk: Risk; onClose: () => void }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const shown = risk.evidence.slice(0, MOST);
  return (
    <SidePanel
      title={risk.title}
      lead={
        <Box sx={{ display: 'flex', gap: 3 }}>
          <SeverityLabel severity={risk.severity} />
          {risk.failure_case && <code>{risk.failure_case}</code>}
        </Box>
      }
      onClose={onClose}
    >
      <Box sx={{ display: 'grid', gap: 4, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <Part title={t('risks.becomes')}>
          <Text>{risk.consequence}</Text>
        </Part>
        <Part title={t('risks.engine')}>
          <Text>{risk.engine}</Text>
        </Part>
        <Part title={t('risks.decision')}>
          <Text>{risk.decision || t('risks.nothingToDecide')}</Text>
        </Part>
        {risk.plan_example && <SourceText label={t('risks.inPlan')} text={risk.plan_example} />}
        {shown.length > 0 && (
          <Part title={t('risks.where')}>
            <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
              {shown.map((evidence, at) => (
                <Place key={`${evidence.table} ${evidence.column} ${String(at)}`} {...evidence} />
              ))}
            </Box>
            {risk.places > shown.length && (
              <Box sx={{ color: 'text.secondary' }}>
                {t('risks.morePlaces', { number: format.number(risk.places - shown.length) })}
              </Box>
            )}
          </Part>
        )}
      </Box>
    </SidePanel>
  );
}
