import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { InfiniteData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { itemsOf, type ApiPage } from '@/lib/api/pages';
import { DataTable, type Column } from './data-table';
import { ErrorPanel } from './error-panel';

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  query: {
    data: InfiniteData<ApiPage<Row>> | undefined;
    error: unknown;
    refetch: () => unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
  };
  empty: ReactNode;
}

/** A list with cursors and its four faces: loading, empty, error or no permission, rows. */
export function PagedTable<Row>({ label, columns, rowKey, query, empty }: Props<Row>) {
  const { t } = useTranslation('common');
  if (query.error && !query.data) return <ErrorPanel error={query.error} retry={query.refetch} />;
  const rows = query.data && itemsOf(query.data);
  if (rows?.length === 0) return <>{empty}</>;
  return (
    <>
      <DataTable label={label} columns={columns} rows={rows} rowKey={rowKey} />
      {query.hasNextPage && (
        <Box sx={{ p: 2, textAlign: 'center' }}>
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('action.more')}
          </Button>
        </Box>
      )}
    </>
  );
}
