import { useTranslation } from 'react-i18next';
import { $api } from '@/lib/api/client';
import { useGrantedProjects, useMayInTenant, useMayOpen } from '@/lib/api/me';
import { features } from '../features';

export interface Entry {
  id: string;
  /** The heading that it stands under. */
  group: string;
  label: string;
  to: string;
  keys?: string;
}

const MOST_FOUND = 6;

/** Pages and actions that the person may use. */
export function useFixedEntries(): Entry[] {
  const { t } = useTranslation(['app', ...features.map(({ name }) => name)]);
  const allowed = useMayOpen();
  return features.flatMap(({ name, nav, commands = [] }) => [
    ...(nav && allowed(nav)
      ? [
          {
            id: name,
            group: t('app:palette.pages'),
            label: t(`${name}:nav`),
            to: nav.to,
            ...(nav.key && { keys: `g ${nav.key}` }),
          },
        ]
      : []),
    ...commands.filter(allowed).map(({ id, to }) => ({
      id: `${name}.${id}`,
      group: t('app:palette.actions'),
      label: t(`${name}:command.${id}`),
      to,
    })),
  ]);
}

/** Projects and connections whose names contain the text. */
export function useFoundEntries(text: string): Entry[] {
  const { t } = useTranslation('app');
  const may = useMayInTenant();
  const granted = useGrantedProjects().length > 0;
  const search = { params: { query: { search: text, limit: MOST_FOUND } } };
  const projects = $api.useQuery('get', '/api/v1/projects', search, {
    enabled: text.length > 1 && (granted || may('projects.read')),
  });
  const connections = $api.useQuery('get', '/api/v1/connections', search, {
    enabled: text.length > 1 && may('connections.read'),
  });
  if (text.length < 2) return [];
  return [
    ...(projects.data?.items ?? []).map(({ project_id, name }) => ({
      id: project_id,
      group: t('palette.projects'),
      label: name,
      to: `/projects/${project_id}`,
    })),
    ...(connections.data?.items ?? []).map(({ connection_id, name }) => ({
      id: connection_id,
      group: t('palette.connections'),
      label: name,
      to: `/connections/${connection_id}`,
    })),
  ];
}
