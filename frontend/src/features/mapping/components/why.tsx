import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { Arrow } from '@/components/arrow';
import { CodeText } from './code-text';
import { Moment } from '@/components/moment';
import { useFormat } from '@/lib/format/use-format';
import { isQuestion, sourcesOf, targetOf, type Shown, type Suggestion } from '../model/suggestion';
import { Confidence, DecisionMark, floored } from './marks';

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Box component="section" sx={{ mt: 5 }}>
      <Typography variant="h3" sx={{ mb: 1.5 }}>
        {title}
      </Typography>
      {children}
    </Box>
  );
}

/** What speaks for it, in words, the strongest first. */
function Evidence({ evidence }: Pick<Suggestion, 'evidence'>) {
  const { t } = useTranslation('mapping');
  const format = useFormat();
  if (evidence.length === 0) return null;
  return (
    <Part title={t('why')}>
      <Box
        component="dl"
        sx={{ display: 'grid', gridTemplateColumns: 'max-content 1fr max-content', columnGap: 3, rowGap: 1.5, m: 0 }}
      >
        {evidence.map(({ signal, score, text }) => (
          <Box key={signal} sx={{ display: 'contents' }}>
            <Box component="dt" sx={{ color: 'text.secondary' }}>
              {t(`signal.${signal}`, { defaultValue: signal })}
            </Box>
            <Box component="dd" dir="auto" sx={{ m: 0, overflowWrap: 'anywhere' }}>
              {text}
            </Box>
            <Box component="dd" sx={{ m: 0, color: 'text.secondary', textAlign: 'end' }}>
              {format.percent(score)}
            </Box>
          </Box>
        ))}
      </Box>
    </Part>
  );
}

/** What is to be done to the values, and on how many of the sample that holds. */
function Transformation({ one }: { one: Suggestion }) {
  const { t } = useTranslation('mapping');
  const format = useFormat();
  const { transformation } = one;
  if (!transformation) return null;
  const { kind, text, expr, verified } = transformation;
  return (
    <Part title={t('transformation')}>
      <Box>
        {t(`kind.${kind}`, { defaultValue: kind })}
        {text && (
          <>
            {': '}
            <bdi>{text}</bdi>
          </>
        )}
      </Box>
      <CodeText>{expr}</CodeText>
      <Typography variant="body2" color="textSecondary">
        {verified === undefined ? t('untried') : t('verified', { share: format.percent(verified, 1) })}
      </Typography>
    </Part>
  );
}

interface Props {
  one: Shown;
  onChoose: (target: string) => void;
}

function Alternatives({ one, onChoose }: Props) {
  const { t } = useTranslation('mapping');
  const format = useFormat();
  const now = targetOf(one);
  if (one.alternatives.length === 0) return null;
  return (
    <Part title={t('alternatives')}>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
        {one.alternatives.map(({ target_column, confidence }) => (
          <Box component="li" key={target_column} sx={{ display: 'flex', gap: 2, alignItems: 'center', minHeight: 32 }}>
            <Box component="code" dir="auto" sx={{ flex: '1 1 auto', minWidth: 0, overflowWrap: 'anywhere' }}>
              {target_column}
            </Box>
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {format.percent(floored(confidence))}
            </Box>
            {target_column === now && one.decision !== 'open' ? (
              <Box component="span" sx={{ minWidth: 72, textAlign: 'center', color: 'success.main' }}>
                {t('chosen')}
              </Box>
            ) : (
              <Button
                size="small"
                variant="outlined"
                aria-label={t('chooseThis', { name: target_column })}
                onClick={() => {
                  onChoose(target_column);
                }}
                sx={{ minWidth: 72 }}
              >
                {t('choose')}
              </Button>
            )}
          </Box>
        ))}
      </Box>
    </Part>
  );
}

function Decided({ one }: { one: Shown }) {
  const { t } = useTranslation('mapping');
  return (
    <Box sx={{ display: 'flex', gap: 3, rowGap: 0, flexWrap: 'wrap', color: 'text.secondary' }}>
      <DecisionMark one={one} worded />
      {one.decided_by_name && <bdi>{one.decided_by_name}</bdi>}
      {one.decided_at && <Moment at={one.decided_at} />}
      {one.way === 'waiting' && <span>{t('state.waiting')}</span>}
    </Box>
  );
}

/** What a decision wrote, where it is not what was proposed. */
function OwnExpression({ one }: { one: Shown }) {
  const { t } = useTranslation('mapping');
  if (!one.decided_expr || one.decided_expr === one.transformation?.expr) return null;
  return (
    <Part title={t('expression')}>
      <CodeText>{one.decided_expr}</CodeText>
    </Part>
  );
}

/** Everything about one suggestion: how sure, why, what else it could be, what was decided. */
export function Why({ one, onChoose, children }: Props & { children: React.ReactNode }) {
  const { t } = useTranslation('mapping');
  const source = sourcesOf(one).join(' + ');
  const target = targetOf(one);
  return (
    <>
      <Typography variant="h2" component="h3" sx={{ overflowWrap: 'anywhere', mb: 1 }}>
        {isQuestion(one) ? (
          t('question', { source })
        ) : (
          <>
            <bdi>{source}</bdi>
            {target !== undefined && <Arrow size={15} />}
            <bdi>{target ?? ''}</bdi>
          </>
        )}
      </Typography>
      <Box sx={{ display: 'flex', gap: 4, rowGap: 1, flexWrap: 'wrap' }}>
        <Confidence one={one} />
        {isQuestion(one) && target !== undefined && <code dir="auto">{target}</code>}
        <Decided one={one} />
      </Box>
      <Box sx={{ mt: 4 }}>{children}</Box>
      <Alternatives one={one} onChoose={onChoose} />
      <Evidence evidence={one.evidence} />
      <Transformation one={one} />
      <OwnExpression one={one} />
    </>
  );
}
