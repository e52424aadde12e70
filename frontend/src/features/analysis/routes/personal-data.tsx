import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { Filter, useFilters } from '@/components/filter';
import { Panel } from '@/components/panel';
import { Beside } from '@/components/side-panel';
import { PersonalMap } from '../components/personal-map';
import { PersonalPanel } from '../components/personal-panel';
import { PersonalTable } from '../components/personal-table';
import { WithAssessment } from '../components/with-assessment';
import type { PersonalColumn } from '../data/assessment';

function PersonalData({ columns }: { columns: readonly PersonalColumn[] }) {
  const { t } = useTranslation('analysis');
  const { values, set } = useFilters(['find', 'category', 'table', 'column']);
  const categories = [...new Set(columns.map(({ category }) => category))].sort();
  const wanted = (values.find ?? '').toLowerCase();
  const shown = columns.filter(
    ({ table, column, title, category }) =>
      (!values.category || category === values.category) &&
      [table, column, title].some((text) => text.toLowerCase().includes(wanted)),
  );
  const chosen = columns.find(({ table, column }) => table === values.table && column === values.column);
  const close = () => {
    set({ table: undefined, column: undefined });
  };
  if (columns.length === 0) {
    return (
      <Panel>
        <Empty>{t('personal.none')}</Empty>
      </Panel>
    );
  }
  return (
    <Beside side={chosen && <PersonalPanel key={`${chosen.table} ${chosen.column}`} found={chosen} onClose={close} />}>
      <PersonalMap columns={columns} />
      <Box sx={{ mt: 5 }}>
        <Filter
          search={{
            label: t('personal.search'),
            value: values.find,
            onChange: (find) => {
              set({ find });
            },
          }}
          choices={[
            {
              name: 'category',
              label: t('personal.category'),
              value: values.category,
              onChange: (category) => {
                set({ category });
              },
              options: [
                { value: '', label: t('all.categories') },
                ...categories.map((each) => ({ value: each, label: t(`category.${each}`, { defaultValue: each }) })),
              ],
            },
          ]}
        />
        <PersonalTable columns={shown} brief={chosen !== undefined} />
      </Box>
    </Beside>
  );
}

/** Where personal data lies, what it is, and how that is known. */
export default function PersonalDataRoute() {
  return <WithAssessment>{({ personal }) => <PersonalData columns={personal.columns} />}</WithAssessment>;
}
