import { useTranslation } from 'react-i18next';
import { Facts } from '@/components/facts';
import { Moment } from '@/components/moment';
import { Panel } from '@/components/panel';
import { Person } from '@/components/person';
import type { Schema } from '@/lib/api/client';

export function About({ project }: { project: Schema<'ProjectView'> }) {
  const { t } = useTranslation('projects');
  return (
    <Panel title={t('about')}>
      <Facts
        items={[
          [
            t('description'),
            <span key="description" dir="auto">
              {project.description || '–'}
            </span>,
          ],
          [t('labels'), project.labels.join(', ') || '–'],
          [t('by'), <Person key="by" name={project.created_by_name} />],
          [t('changed'), <Moment key="changed" at={project.updated_at} />],
        ]}
      />
    </Panel>
  );
}
