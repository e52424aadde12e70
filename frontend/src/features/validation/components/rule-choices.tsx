import { useTranslation } from 'react-i18next';
import { SelectField } from '@/components/select-field';
import { Tick } from '@/components/tick';
import type { Choices } from '../suite/check-form';
import { DISTANCES, textsOf } from '../suite/kinds';

const NULLABLE = ['any', 'true', 'false'] as const;

interface Props {
  choices: Choices;
  flow: boolean;
  onChange: (changes: Partial<Choices>) => void;
}

/** What some kinds of rules let one choose, besides their texts. */
export function RuleChoices({ choices, flow, onChange }: Props) {
  const { t } = useTranslation('validation');
  const sides = (['source', 'target'] as const).map((value) => ({ value, label: t(`attached.${value}`) }));
  const compares = textsOf(choices.kind).includes('againstTable');
  return (
    <>
      {flow && (
        <SelectField
          label={t('members.side')}
          value={choices.side}
          options={sides}
          onChange={(side) => {
            onChange({ side });
          }}
        />
      )}
      {flow && compares && (
        <SelectField
          label={t('members.againstSide')}
          value={choices.againstSide}
          options={[{ value: '', label: t('sameSide') }, ...sides]}
          onChange={(againstSide) => {
            onChange({ againstSide });
          }}
        />
      )}
      {choices.kind === 'distribution' && (
        <SelectField
          label={t('members.distance')}
          value={choices.distance}
          options={DISTANCES.map((value) => ({ value, label: t(`distances.${value}`) }))}
          onChange={(distance) => {
            onChange({ distance });
          }}
        />
      )}
      {choices.kind === 'column' && (
        <SelectField
          label={t('members.nullable')}
          value={choices.nullable}
          options={NULLABLE.map((word) => ({ value: word === 'any' ? '' : word, label: t(`nullable.${word}`) }))}
          onChange={(nullable) => {
            onChange({ nullable });
          }}
        />
      )}
      {choices.kind === 'sql' && (
        <Tick
          label={t('members.scalar')}
          hint={t('hints.scalar')}
          checked={choices.scalar}
          onChange={(scalar) => {
            onChange({ scalar });
          }}
        />
      )}
    </>
  );
}
