import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Field } from '@/components/field';
import { SelectField } from '@/components/select-field';
import { useFields } from '@/components/use-fields';
import { $api, client, ifMatch, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { useGrants, usePeople } from '../lib/whole-list';
import { Based } from './based';
import { Consequences } from './consequences';

type Role = Schema<'RoleView'>;
const ROLES = ['get', '/api/v1/roles'];

/** A role of one's own: begins with what another one permits. */
export function NewRole({ roles, onClose }: { roles: readonly Role[]; onClose: () => void }) {
  const { t } = useTranslation('administration');
  const may = useMay();
  const queries = useQueryClient();
  const [like, setLike] = useState('');
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/roles', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ROLES });
    },
  });
  const { bind, values } = useFields({ name: '', text: '' }, { error });
  const permissions = roles.find(({ role_id }) => role_id === like)?.permissions.filter(may) ?? [];
  const options = [
    { value: '', label: t('roles.likeNone') },
    ...roles.map(({ role_id, name }) => ({ value: role_id, label: name })),
  ];
  return (
    <ConfirmDialog
      title={t('roles.new')}
      action={t('make')}
      busy={isPending}
      error={error}
      disabled={!values.name.trim()}
      onConfirm={() => {
        mutate({ body: { name: values.name.trim(), text: values.text.trim(), permissions } });
      }}
      onClose={onClose}
    >
      <Field label={t('roles.name')} autoComplete="off" autoFocus {...bind('name')} />
      <Field label={t('roles.text')} {...bind('text')} />
      <SelectField label={t('roles.like')} value={like} options={options} onChange={setLike} />
    </ConfirmDialog>
  );
}

interface Props {
  role: Role;
  onClose: () => void;
}

function Form({ role, onClose, reload }: Props & { reload: () => void }) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const { mutate, isPending, error } = $api.useMutation('patch', '/api/v1/roles/{role_id}', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ROLES });
    },
  });
  const { bind, values } = useFields({ name: role.name, text: role.text }, { error });
  return (
    <ConfirmDialog
      title={t('roles.change', { name: role.name })}
      action={t('save')}
      busy={isPending}
      error={error}
      reload={reload}
      disabled={!values.name.trim()}
      onConfirm={() => {
        const params = { path: { role_id: role.role_id }, header: ifMatch(role.version) };
        mutate({ params, body: { name: values.name.trim(), text: values.text.trim() } });
      }}
      onClose={onClose}
    >
      <Field label={t('roles.name')} autoComplete="off" autoFocus {...bind('name')} />
      <Field label={t('roles.text')} {...bind('text')} />
    </ConfirmDialog>
  );
}

export function ChangeRole({ role, onClose }: Props) {
  const load = async () =>
    (await client.GET('/api/v1/roles/{role_id}', { params: { path: { role_id: role.role_id } } })).data;
  return (
    <Based row={role} load={load}>
      {(base, reload) => <Form role={base} onClose={onClose} reload={reload} />}
    </Based>
  );
}

export function RemoveRole({ role, onClose }: Props) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const people = usePeople();
  const grants = useGrants();
  const { mutate, isPending, error } = $api.useMutation('delete', '/api/v1/roles/{role_id}', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ROLES });
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/users'] });
    },
  });
  const inProjects = grants.data?.filter(({ role_id }) => role_id === role.role_id).length ?? 0;
  return (
    <ConfirmDialog
      dangerous
      title={t('roles.removeName', { name: role.name })}
      action={t('remove')}
      busy={isPending}
      error={error}
      disabled={!people.data || !grants.data}
      onConfirm={() => {
        mutate({ params: { path: { role_id: role.role_id }, header: ifMatch(role.version) } });
      }}
      onClose={onClose}
    >
      <Consequences query={people}>
        {(everybody) => [
          t('roles.willLose', { count: everybody.filter(({ roles }) => roles.includes(role.name)).length }),
          t('roles.willLoseProjects', { count: inProjects }),
        ]}
      </Consequences>
    </ConfirmDialog>
  );
}
