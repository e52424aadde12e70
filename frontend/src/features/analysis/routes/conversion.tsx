import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { useFilters } from '@/components/filter';
import { Note } from '@/components/note';
import { Panel } from '@/components/panel';
import { Beside } from '@/components/side-panel';
import { ConversionItems } from '../components/conversion-items';
import { ConversionKinds } from '../components/conversion-kinds';
import { ConversionTargets } from '../components/conversion-targets';
import { ConversionTypes } from '../components/conversion-types';
import { ItemPanel } from '../components/item-panel';
import { WithAssessment } from '../components/with-assessment';
import type { TargetConversion } from '../data/assessment';

function Conversion({ conversions }: { conversions: readonly TargetConversion[] }) {
  const { t } = useTranslation('analysis');
  const { values, set } = useFilters(['target', 'item']);
  const target = conversions.find(({ dialect }) => dialect === values.target) ?? conversions[0];
  if (!target) {
    return (
      <Panel>
        <Empty>{t('conversion.none')}</Empty>
      </Panel>
    );
  }
  const item = target.items.find(({ kind, name }) => `${kind} ${name}` === values.item);
  const close = () => {
    set({ item: undefined });
  };
  return (
    <Beside side={item && <ItemPanel key={`${item.kind} ${item.name}`} item={item} onClose={close} />}>
      <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <ConversionTargets conversions={conversions} shown={target.dialect} />
        {target.refused && <Note tone="error">{target.refused}</Note>}
        <ConversionKinds target={target} />
        {target.chosen ? (
          <>
            <ConversionItems items={target.items} brief={item !== undefined} />
            <ConversionTypes types={target.types} />
          </>
        ) : (
          <Note tone="info">{t('conversion.notChosen', { target: target.label })}</Note>
        )}
      </Box>
    </Beside>
  );
}

/** What converts by itself, what with a change, and what has to be made by hand. */
export default function ConversionRoute() {
  return <WithAssessment>{({ conversions }) => <Conversion conversions={conversions} />}</WithAssessment>;
}
