import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Field } from '@/components/field';
import { useFields } from '@/components/use-fields';

interface Props {
  title: string;
  /** Of the field with the name. */
  label: string;
  /** As it is called now. */
  now: string;
  saving: { isPending: boolean; error: unknown };
  reload: () => void;
  onSave: (name: string) => void;
  onClose: () => void;
}

/** Gives something another name. */
export function RenameDialog({ title, label, now, saving, reload, onSave, onClose }: Props) {
  const { t } = useTranslation('administration');
  const { bind, values } = useFields({ name: now }, { error: saving.error });
  const name = values.name.trim();
  return (
    <ConfirmDialog
      title={title}
      action={t('save')}
      busy={saving.isPending}
      error={saving.error}
      reload={reload}
      disabled={!name}
      onConfirm={() => {
        onSave(name);
      }}
      onClose={onClose}
    >
      <Field label={label} autoComplete="off" autoFocus {...bind('name')} />
    </ConfirmDialog>
  );
}
