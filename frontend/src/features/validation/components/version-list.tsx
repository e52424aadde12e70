import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Link } from '@/components/link';
import { Moment } from '@/components/moment';
import { Panel } from '@/components/panel';
import type { Schema } from '@/lib/api/client';

interface Props {
  versions: readonly Schema<'SuiteVersionView'>[];
  chosen: number | undefined;
}

export function VersionList({ versions, chosen }: Props) {
  const { t } = useTranslation('validation');
  return (
    <Panel title={t('versions.title')}>
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 2 }}>
        {versions.map(({ number, author, created_at }) => (
          <Box component="li" key={number} sx={{ fontWeight: number === chosen ? 600 : 400 }}>
            <Link to={`?version=${String(number)}`} aria-current={number === chosen ? 'true' : undefined}>
              {t('version', { number })}
            </Link>
            <Box sx={{ color: 'text.secondary', fontWeight: 400 }}>
              <bdi>{author}</bdi> · <Moment at={created_at} />
            </Box>
          </Box>
        ))}
      </Box>
    </Panel>
  );
}
