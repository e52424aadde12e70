import { useColorScheme } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '@/lib/i18n/i18n';
import { LANGUAGES } from '@/lib/i18n/languages';
import { SelectField } from './select-field';

export function LanguageField() {
  const { t, i18n } = useTranslation('common');
  const options = LANGUAGES.map(({ code, name }) => ({ value: code, label: name }));
  return (
    <SelectField
      inline
      label={t('preferences.language')}
      value={i18n.language}
      options={options}
      onChange={(code) => void chooseLanguage(code)}
    />
  );
}

const MODES = ['system', 'light', 'dark'] as const;

export function ThemeField() {
  const { t } = useTranslation('common');
  const { mode, setMode } = useColorScheme();
  const options = MODES.map((value) => ({ value, label: t(`preferences.theme.${value}`) }));
  return (
    <SelectField
      inline
      label={t('preferences.theme.label')}
      value={mode ?? 'system'}
      options={options}
      onChange={(value) => {
        setMode(value as (typeof MODES)[number]);
      }}
    />
  );
}
