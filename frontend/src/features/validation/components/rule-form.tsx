import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '@/components/field';
import { SelectField } from '@/components/select-field';
import { SidePanel } from '@/components/side-panel';
import { Tick } from '@/components/tick';
import { choicesFrom, membersOf, missingOf, textsFrom, type Choices } from '../suite/check-form';
import { isKind, KINDS, SEVERITIES, textsOf, type Kind, type TextName } from '../suite/kinds';
import type { Check } from '../suite/suite-text';
import { RuleChoices } from './rule-choices';

interface Props {
  /** Nothing for a new one. */
  check: Check | undefined;
  /** Is the suite about a source and a target? */
  flow: boolean;
  onApply: (members: Record<string, unknown>) => void;
  onRemove: () => void;
  onClose: () => void;
}

const LONG = new Set<TextName>(['values', 'sql', 'description']);
const PROSE = new Set<TextName>(['owner', 'description']);

const kindOf = (check: Check | undefined): Kind => {
  const kind = check?.members.kind;
  return typeof kind === 'string' && isKind(kind) ? kind : 'not_null';
};

/** A rule as a form: what its kind needs, how grave it is, whose it is. */
export function RuleForm({ check, flow, onApply, onRemove, onClose }: Props) {
  const { t } = useTranslation('validation');
  const members = check?.members ?? {};
  const [texts, setTexts] = useState(() => textsFrom(members));
  const [choices, setChoices] = useState(() => choicesFrom(kindOf(check), members));
  const [tried, setTried] = useState(false);
  const missing = missingOf(texts, choices.kind);
  const choose = (changes: Partial<Choices>) => {
    setChoices((before) => ({ ...before, ...changes }));
  };
  const field = (name: TextName) => (
    <Field
      key={name}
      label={t(`members.${name}`)}
      hint={t(`hints.${name}`, { defaultValue: '' })}
      value={texts[name]}
      multiline={LONG.has(name)}
      error={tried && missing.includes(name) ? t('common:form.required') : undefined}
      inputProps={PROSE.has(name) ? {} : { dir: 'ltr', spellCheck: false, className: 'code' }}
      onChange={(value) => {
        setTexts((before) => ({ ...before, [name]: value }));
      }}
    />
  );
  return (
    <SidePanel title={check ? t('rules.change') : t('rules.new')} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (missing.length === 0) onApply(membersOf(texts, choices, flow, members));
        }}
      >
        <SelectField
          label={t('members.kind')}
          value={choices.kind}
          options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          onChange={(value) => {
            if (isKind(value)) choose({ kind: value });
          }}
        />
        <Box sx={{ color: 'text.secondary', mt: -3, mb: 4 }}>{t(`demands.${choices.kind}`)}</Box>
        <RuleChoices choices={choices} flow={flow} onChange={choose} />
        {textsOf(choices.kind).map(field)}
        <SelectField
          label={t('members.severity')}
          value={choices.severity}
          options={SEVERITIES.map((value) => ({ value, label: t(`severities.${value}`) }))}
          onChange={(severity) => {
            choose({ severity });
          }}
        />
        <Tick
          label={t('rules.enabled')}
          checked={choices.enabled}
          onChange={(enabled) => {
            choose({ enabled });
          }}
        />
        <Box sx={{ display: 'flex', gap: 2, justifyContent: 'flex-end' }}>
          {check && (
            <Button color="error" onClick={onRemove}>
              {t('rules.remove')}
            </Button>
          )}
          <Button type="submit" variant="contained">
            {t('rules.apply')}
          </Button>
        </Box>
      </form>
    </SidePanel>
  );
}
