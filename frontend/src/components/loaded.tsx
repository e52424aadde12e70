import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorPanel } from './error-panel';

export function Lines({ count = 4 }: { count?: number }) {
  const { t } = useTranslation('common');
  return (
    <Box role="status" aria-label={t('state.loading')} sx={{ p: 4 }}>
      {Array.from({ length: count }, (_, at) => (
        <Skeleton key={at} height={28} width={`${String(92 - ((at * 17) % 40))}%`} />
      ))}
    </Box>
  );
}

interface Props<Data> {
  query: { data: Data | undefined; error: unknown; refetch: () => unknown };
  skeleton?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** What a query found; its skeleton before, its error instead. Stale data stays when a refetch fails. */
export function Loaded<Data>({ query, skeleton, children }: Props<Data>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <ErrorPanel error={query.error} retry={() => query.refetch()} />;
  return <>{skeleton ?? <Lines />}</>;
}
