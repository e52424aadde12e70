import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '@/components/button-link';
import { Facts } from '@/components/facts';
import { SidePanel } from '@/components/side-panel';
import { useFormat } from '@/lib/format/use-format';
import type { PersonalColumn } from '../data/assessment';
import { useTo } from '../data/use-to';
import { Part } from './part';
import { SeverityLabel } from './severity-label';

/** One column with personal data: what it is, how sure that is, and why. */
export function PersonalPanel({ found, onClose }: { found: PersonalColumn; onClose: () => void }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const to = useTo();
  const { table, column, title, category, sensitivity, confidence, rows, evidence } = found;
  return (
    <SidePanel title={<code>{`${table}.${column}`}</code>} lead={<bdi>{title}</bdi>} onClose={onClose}>
      <Facts
        items={[
          [t('personal.category'), t(`category.${category}`, { defaultValue: category })],
          [t('personal.sensitivity'), <SeverityLabel key="severity" severity={sensitivity} />],
          [t('personal.confidence'), format.percent(confidence)],
          [t('personal.values'), format.number(rows)],
        ]}
      />
      <Box sx={{ my: 4 }}>
        <Part title={t('personal.why')}>
          <Box component="ul" dir="auto" sx={{ m: 0, paddingInlineStart: 5 }}>
            {evidence.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </Box>
        </Part>
      </Box>
      <ButtonLink variant="outlined" to={to('tables', { table, column })}>
        {t('column.open')}
      </ButtonLink>
    </SidePanel>
  );
}
