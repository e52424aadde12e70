import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { Facts } from '@/components/facts';
import { Panel } from '@/components/panel';
import { useFormat } from '@/lib/format/use-format';
import type { Assessment } from '../data/assessment';
import { objectId, objectsOf, usersOf } from '../data/objects';
import { ObjectLinks } from './object-links';
import { SourceText } from './source-text';

const uses = (title: string, objects: readonly { kind: string; name: string }[]): [string, React.ReactNode] => [
  title,
  <ObjectLinks key="uses" objects={objects} />,
];

/** A view, trigger, routine ...: how complex it is, what becomes of it, and its text. */
export function ObjectPage({ assessment, object }: { assessment: Assessment; object: string }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const found = assessment.complexity.objects.find(({ kind, name }) => `${kind} ${name}` === object);
  const items = assessment.conversions
    .flatMap((each) => each.items)
    .filter(({ kind, name }) => `${kind} ${name}` === object);
  if (!found) {
    return (
      <Panel>
        <Empty>{t('object.gone')}</Empty>
      </Panel>
    );
  }
  const told = objectsOf(assessment).find((each) => objectId(each) === object);
  const source = told?.source || items.find((item) => item.source)?.source;
  const users = usersOf(assessment, found);
  return (
    <Panel title={found.name}>
      <Facts
        items={[
          [t('object.kind'), t(`object.is.${found.kind}`, { defaultValue: found.kind })],
          [
            t('figure.complexity'),
            t('complexity.points', {
              points: format.number(found.points),
              level: t(`complexity.level.${found.level}`, { defaultValue: found.level }),
            }),
          ],
          ...(told && told.uses.length > 0 ? [uses(t('object.uses'), told.uses)] : []),
          ...(users.length > 0 ? [uses(t('object.usedBy'), users)] : []),
          ...items.map(({ status, why }): [string, React.ReactNode] => [
            t(`conversion.${status}`),
            <span key="why" dir="auto">
              {why}
            </span>,
          ]),
        ]}
      />
      <Box sx={{ mt: 4 }}>
        {source ? (
          <SourceText label={t('object.text')} text={source} />
        ) : (
          <Box sx={{ color: 'text.secondary' }}>{t('object.noText')}</Box>
        )}
      </Box>
    </Panel>
  );
}
