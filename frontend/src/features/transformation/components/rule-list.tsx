import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import PlusIcon from 'lucide-react/icons/plus';
import type { Known } from '../api/known';
import { usePlanEditor } from '../plan/editor-context';
import type { PlanTable } from '../plan/model';
import { RuleForm } from './rule-form';

interface Props {
  table: PlanTable;
  index: number;
  known: Known;
}

/** What the rows must keep to on their way. */
export function RuleList({ table, index, known }: Props) {
  const { t } = useTranslation('transformation');
  const { locked, add } = usePlanEditor();
  const columns = [...new Set([...table.columns.map(({ target }) => target), ...known.target.map(({ name }) => name)])];
  return (
    <Box component="section" aria-label={t('rules.title')}>
      <Typography variant="h3">{t('rules.title')}</Typography>
      <Box sx={{ color: 'text.secondary', mb: 2 }}>{t('rules.lead')}</Box>
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {table.rules.map((rule, at) => (
          <RuleForm key={at} rule={rule} path={['mappings', index, 'rules', at]} columns={columns} />
        ))}
      </Box>
      {!locked && (
        <Button
          size="small"
          startIcon={<PlusIcon size={14} aria-hidden />}
          onClick={() => {
            add(['mappings', index, 'rules'], { kind: 'not_null', column: columns[0] ?? 'id', severity: 'warn' });
          }}
        >
          {t('rules.add')}
        </Button>
      )}
    </Box>
  );
}
