import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Link } from '@/components/link';
import { Panel } from '@/components/panel';
import { useFormat } from '@/lib/format/use-format';
import type { PersonalColumn } from '../data/assessment';
import { useTo } from '../data/use-to';

const cell = { px: 2, height: 32, textAlign: 'center', borderBlockStart: '1px solid', borderColor: 'divider' };

const tally = (columns: readonly PersonalColumn[], by: (column: PersonalColumn) => string) => {
  const counts = new Map<string, number>();
  for (const column of columns) counts.set(by(column), (counts.get(by(column)) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
};

/** Tables against categories: how many columns of each hold what. */
export function PersonalMap({ columns }: { columns: readonly PersonalColumn[] }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const to = useTo();
  const tables = tally(columns, ({ table }) => table);
  const categories = tally(columns, ({ category }) => category);
  const found = (table: string, category: string) =>
    columns.filter((column) => column.table === table && column.category === category);
  return (
    <Panel title={t('personal.map')} flush>
      <Box
        role="group"
        aria-label={t('personal.map')}
        tabIndex={0}
        sx={{ overflowX: 'auto', pb: 2, '&:focus-visible': { outlineOffset: -2 } }}
      >
        <Box component="table" sx={{ borderCollapse: 'collapse', minWidth: '100%' }}>
          <thead>
            <tr>
              <Box
                component="th"
                scope="col"
                sx={{
                  ...cell,
                  border: 0,
                  textAlign: 'start',
                  paddingInlineStart: 4,
                  color: 'text.secondary',
                  fontWeight: 550,
                }}
              >
                {t('figure.table')}
              </Box>
              {categories.map((category) => (
                <Box
                  component="th"
                  key={category}
                  scope="col"
                  sx={{ ...cell, border: 0, color: 'text.secondary', fontWeight: 550, whiteSpace: 'nowrap' }}
                >
                  {t(`category.${category}`, { defaultValue: category })}
                </Box>
              ))}
            </tr>
          </thead>
          <tbody>
            {tables.map((table) => (
              <tr key={table}>
                <Box
                  component="th"
                  scope="row"
                  sx={{ ...cell, textAlign: 'start', paddingInlineStart: 4, fontWeight: 400, whiteSpace: 'nowrap' }}
                >
                  <Link to={to('tables', { table })}>
                    <code>{table}</code>
                  </Link>
                </Box>
                {categories.map((category) => {
                  const here = found(table, category);
                  const grave = here.some(({ sensitivity }) => sensitivity === 'high' || sensitivity === 'critical');
                  return (
                    <Box component="td" key={category} sx={cell} title={here.map(({ column }) => column).join(', ')}>
                      {here.length > 0 && (
                        <Box
                          component="span"
                          sx={{
                            display: 'inline-block',
                            minWidth: 28,
                            px: 2,
                            borderRadius: 1,
                            border: 1,
                            color: grave ? 'error.main' : 'altered.main',
                            borderColor: 'currentcolor',
                            fontWeight: grave ? 600 : 400,
                          }}
                        >
                          {format.number(here.length)}
                          {grave && ' !'}
                        </Box>
                      )}
                    </Box>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </Box>
      </Box>
      <Box sx={{ px: 4, pb: 3, color: 'text.secondary', fontSize: '0.9286rem' }}>{t('personal.mapHint')}</Box>
    </Panel>
  );
}
