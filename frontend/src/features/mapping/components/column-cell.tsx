import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { MiniHistogram, MiniShares } from '@/components/mini-chart';
import { useFormat } from '@/lib/format/use-format';
import type { ColumnFacts } from '../data/use-column-facts';

const LEAST_SHARE = 0.03;

/** How a column's values are spread: numbers and dates as a histogram, others by their most frequent values. */
export function Spread({ facts }: { facts: ColumnFacts }) {
  const { t } = useTranslation('mapping');
  const format = useFormat();
  const { name, histogram, top_values } = facts.profile;
  const label = t('spread', { name });
  if (histogram.length > 0) {
    const bars = histogram.map(({ low, high, count }) => ({
      text: `${low} – ${high}: ${format.number(count)}`,
      size: count,
    }));
    return <MiniHistogram label={label} bars={bars} width={56} height={18} />;
  }
  // Where every value is another one there is nothing to see.
  if ((top_values[0]?.share ?? 0) < LEAST_SHARE) return null;
  const items = top_values
    .slice(0, 5)
    .map(({ value, share }) => ({ name: value, share, text: format.percent(share, 1) }));
  return <MiniShares label={label} items={items} width={56} height={8} />;
}

const line = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' };

interface Props {
  name: string;
  facts: ColumnFacts | undefined;
  quiet?: boolean;
}

/** A column of either side: name, type, key, how its values are spread. */
export function ColumnCell({ name, facts, quiet = false }: Props) {
  const { t } = useTranslation('mapping');
  const profile = facts?.profile;
  return (
    <Box sx={{ display: 'flex', gap: 2, alignItems: 'center', minWidth: 0, flex: 1 }}>
      <Box
        component="code"
        dir="auto"
        title={name}
        sx={{ ...line, color: quiet ? 'text.secondary' : 'text.primary', flex: '0 1 auto' }}
      >
        {name}
      </Box>
      {profile && (
        <Box
          component="span"
          sx={{ ...line, color: 'text.secondary', fontSize: '0.8571rem', flex: '1 1 0', minWidth: 0 }}
        >
          {profile.declared_type}
          {profile.in_primary_key && ` · ${t('key')}`}
          {profile.semantic.is_pii && ` · ${t('personal')}`}
        </Box>
      )}
      {facts && (
        <Box sx={{ marginInlineStart: 'auto', flex: 'none', display: { xs: 'none', md: 'block' } }}>
          <Spread facts={facts} />
        </Box>
      )}
    </Box>
  );
}
