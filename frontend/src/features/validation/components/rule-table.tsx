import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Severity } from '@/components/check-alerts/alert-state';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Filter, useFilters } from '@/components/filter';
import { Link } from '@/components/link';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { useFormat } from '@/lib/format/use-format';
import type { Draft } from '../live/use-draft';
import { demandOf, subjectOf } from '../suite/check-form';
import { decide, type Check, type Decision, type Suite } from '../suite/suite-text';

const AT_ONCE = 100;
const ENOUGH = 8;
const clamped = { display: '-webkit-box', WebkitBoxOrient: 'vertical', WebkitLineClamp: 3, overflow: 'hidden' };

interface Props {
  draft: Draft;
  suite: Suite;
  mayWrite: boolean;
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const fits = (check: Check, words: string) =>
  `${subjectOf(check)} ${textOf(check.members.kind)} ${textOf(check.members.owner)} ${textOf(check.members.name)}`
    .toLowerCase()
    .includes(words.toLowerCase());

/** The rules one by one; a proposed one says how sure it is, and why. */
export function RuleTable({ draft, suite, mayWrite }: Props) {
  const { t } = useTranslation('validation');
  const format = useFormat();
  const { values, set } = useFilters(['q', 'rule']);
  const [most, setMost] = useState(AT_ONCE);
  const found = suite.checks.filter((check) => fits(check, values.q ?? ''));
  const nameOf = (check: Check) =>
    `${t(`kinds.${textOf(check.members.kind)}`, { defaultValue: textOf(check.members.kind) })} ${subjectOf(check)}`;
  const decideOne = (check: Check, decision: Decision) => (
    <Button
      size="small"
      sx={{ whiteSpace: 'nowrap' }}
      color={decision === 'leave' ? 'secondary' : 'primary'}
      aria-label={`${t(`proposed.${decision}`)}: ${nameOf(check)}`}
      onClick={() => {
        draft.setText(decide(draft.text, new Map([[check.at, decision]])));
      }}
    >
      {t(`proposed.${decision}`)}
    </Button>
  );
  const columns: Column<Check>[] = [
    {
      id: 'kind',
      header: t('rules.rule'),
      cell: (check) => {
        const kind = t(`kinds.${textOf(check.members.kind)}`, { defaultValue: textOf(check.members.kind) });
        const address = new URLSearchParams({ ...(values.q && { q: values.q }), rule: String(check.at) });
        return (
          <Box sx={{ py: 1.5, minWidth: 140 }}>
            {mayWrite ? (
              <Link to={`?${address.toString()}`} aria-label={nameOf(check)}>
                {kind}
              </Link>
            ) : (
              kind
            )}
            <Box className="code" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
              <bdi>{subjectOf(check)}</bdi>
            </Box>
          </Box>
        );
      },
    },
    {
      id: 'demand',
      header: t('rules.demand'),
      wide: true,
      cell: (check) => (
        <Box sx={{ py: 1.5, overflowWrap: 'anywhere', minWidth: 180, maxWidth: '48ch' }}>
          <Box component="bdi" className="code" sx={clamped}>
            {demandOf(check)}
          </Box>
          {check.remark && (
            <Box dir="auto" sx={{ color: 'text.secondary' }}>
              {format.percent(check.remark.confidence)} · {check.remark.reason}
            </Box>
          )}
        </Box>
      ),
    },
    {
      id: 'severity',
      header: t('members.severity'),
      cell: ({ members }) =>
        members.enabled === false ? (
          <Status look="off">{t('rules.off')}</Status>
        ) : (
          <Severity severity={textOf(members.severity) || 'error'} />
        ),
    },
    // Beside an open form there is no room for it.
    ...(values.rule
      ? []
      : [
          {
            id: 'owner',
            header: t('members.owner'),
            wide: true,
            cell: ({ members }: Check) => <bdi>{textOf(members.owner) || '–'}</bdi>,
          },
        ]),
    ...(mayWrite && suite.checks.some(({ remark }) => remark)
      ? [
          {
            id: 'decide',
            header: '',
            end: true,
            cell: (check: Check) =>
              check.remark && (
                <Box sx={{ display: 'flex', flexWrap: { xs: 'wrap', md: 'nowrap' }, justifyContent: 'flex-end' }}>
                  {decideOne(check, 'accept')}
                  {decideOne(check, 'leave')}
                </Box>
              ),
          },
        ]
      : []),
  ];
  if (suite.checks.length === 0) return null;
  return (
    <div>
      {suite.checks.length > ENOUGH && (
        <Filter
          search={{
            label: t('rules.search'),
            value: values.q,
            onChange: (q) => {
              set({ q });
            },
          }}
        />
      )}
      <Panel flush>
        {found.length === 0 ? (
          <Empty>{t('rules.noSuch')}</Empty>
        ) : (
          <DataTable
            label={t('rules.title')}
            columns={columns}
            rows={found.slice(0, most)}
            rowKey={({ at }) => String(at)}
          />
        )}
        {found.length > most && (
          <Box sx={{ p: 2, textAlign: 'center' }}>
            <Button
              onClick={() => {
                setMost(most + AT_ONCE);
              }}
            >
              {t('rules.more', { number: format.number(found.length - most) })}
            </Button>
          </Box>
        )}
      </Panel>
    </div>
  );
}
