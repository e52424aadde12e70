import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import CheckIcon from 'lucide-react/icons/check';
import CopyIcon from 'lucide-react/icons/copy';

export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation('common');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  const Icon = copied ? CheckIcon : CopyIcon;
  return (
    <Button size="small" startIcon={<Icon size={15} />} onClick={() => void copy()}>
      <span role="status">{copied ? t('action.copied') : (label ?? t('action.copy'))}</span>
    </Button>
  );
}
