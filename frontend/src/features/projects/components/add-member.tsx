import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Link } from '@/components/link';
import { SelectField } from '@/components/select-field';
import { $api, once, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { useRoles } from './use-roles';

type Kind = Schema<'MemberKind'>;
const KINDS: Kind[] = ['user', 'team'];

/** People, or teams, that may be given a role. */
function useSubjects(kind: Kind) {
  const all = { params: { query: { limit: 200 } } };
  const users = $api.useQuery('get', '/api/v1/users', all, { enabled: kind === 'user' });
  const teams = $api.useQuery('get', '/api/v1/teams', all, { enabled: kind === 'team' });
  const items =
    kind === 'user'
      ? users.data?.items.map(({ user_id, name, email }) => ({ value: user_id, label: `${name} (${email})` }))
      : teams.data?.items.map(({ team_id, name }) => ({ value: team_id, label: name }));
  return { items: items ?? [], error: kind === 'user' ? users.error : teams.error };
}

/** Gives somebody who is in the tenant already, or a team, a role in this project. */
export function AddMember({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const { t } = useTranslation('projects');
  const queries = useQueryClient();
  const mayInvite = useMay()('users.write');
  const [kind, setKind] = useState<Kind>('user');
  const [subject, setSubject] = useState('');
  const [role, setRole] = useState('');
  const subjects = useSubjects(kind);
  const roles = useRoles();
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/projects/{project_id}/members', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/projects/{project_id}/members'] });
    },
  });
  const none = { value: '', label: t('members.choose') };
  return (
    <ConfirmDialog
      title={t('members.add')}
      action={t('members.addAction')}
      busy={isPending}
      error={error ?? subjects.error}
      disabled={!subject || !role}
      onConfirm={() => {
        mutate({
          params: { path: { project_id: projectId }, header: once() },
          body: { kind, subject_id: subject, role },
        });
      }}
      onClose={onClose}
    >
      <SelectField
        label={t('members.kind')}
        value={kind}
        options={KINDS.map((value) => ({ value, label: t(`members.kinds.${value}`) }))}
        onChange={(chosen) => {
          setKind(chosen as Kind);
          setSubject('');
        }}
      />
      <SelectField label={t('members.who')} value={subject} options={[none, ...subjects.items]} onChange={setSubject} />
      <SelectField
        label={t('members.role')}
        value={role}
        options={[none, ...roles.items.map(({ role_id, name }) => ({ value: role_id, label: name }))]}
        onChange={setRole}
      />
      {mayInvite && <Link to="/administration/invitations">{t('members.invite')}</Link>}
    </ConfirmDialog>
  );
}
