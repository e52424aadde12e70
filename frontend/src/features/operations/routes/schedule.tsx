import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { ErrorNote } from '@/components/error-note';
import { Facts } from '@/components/facts';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Moment } from '@/components/moment';
import { Note } from '@/components/note';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { $api, ifMatch, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { EditSchedule } from '../components/edit-schedule';
import { ScheduleAbout } from '../components/schedule-about';
import { ScheduleState } from '../components/schedule-state';
import { ScheduleWhen } from '../components/schedule-when';

type Schedule = Schema<'ScheduleView'>;
const PATH = '/api/v1/schedules/{schedule_id}';

function Remove({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const { t } = useTranslation('operations');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { mutate, isPending, error } = $api.useMutation('delete', PATH, {
    onSuccess: async () => {
      await navigate('/operations');
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/schedules'] });
    },
  });
  const params = { path: { schedule_id: schedule.schedule_id }, header: ifMatch(schedule.version) };
  return (
    <ConfirmDialog
      dangerous
      title={t('schedules.removeTitle', { name: schedule.name })}
      action={t('schedules.remove')}
      busy={isPending}
      error={error}
      onConfirm={() => {
        mutate({ params });
      }}
      onClose={onClose}
    >
      {t('schedules.removeText')}
    </ConfirmDialog>
  );
}

function Actions({ schedule }: { schedule: Schedule }) {
  const { t } = useTranslation('operations');
  const queries = useQueryClient();
  const [open, setOpen] = useState<'edit' | 'remove'>();
  const close = () => {
    setOpen(undefined);
  };
  const refresh = () => queries.invalidateQueries({ queryKey: ['get', PATH] });
  const { mutate, isPending, error } = $api.useMutation('patch', PATH, { onSettled: refresh });
  const params = { path: { schedule_id: schedule.schedule_id }, header: ifMatch(schedule.version) };
  return (
    <>
      <Button
        variant="outlined"
        loading={isPending}
        onClick={() => {
          mutate({ params, body: { enabled: !schedule.enabled } });
        }}
      >
        {schedule.enabled ? t('schedules.switchOff') : t('schedules.switchOn')}
      </Button>
      <Button
        variant="outlined"
        onClick={() => {
          setOpen('edit');
        }}
      >
        {t('edit')}
      </Button>
      <Button
        color="error"
        onClick={() => {
          setOpen('remove');
        }}
      >
        {t('schedules.remove')}
      </Button>
      <ErrorNote error={error} reload={() => void refresh()} />
      {open === 'edit' && <EditSchedule schedule={schedule} onClose={close} />}
      {open === 'remove' && <Remove schedule={schedule} onClose={close} />}
    </>
  );
}

/** One schedule: its moments, what became of the last, and the switch. */
export default function SchedulePage() {
  const { t } = useTranslation('operations');
  const { scheduleId = '' } = useParams();
  const query = $api.useQuery('get', PATH, { params: { path: { schedule_id: scheduleId } } });
  const may = useMay(query.data?.project_id);
  const crumbs = [{ label: t('nav'), to: '/operations' }];
  return (
    <Page
      title={query.data?.name ?? t('schedules.one')}
      crumbs={crumbs}
      actions={query.data && may('schedules.write') && <Actions schedule={query.data} />}
    >
      <Loaded query={query}>
        {(schedule) => (
          <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
            {schedule.last_error && <Note tone="error">{schedule.last_error}</Note>}
            <Panel title={t('schedules.one')}>
              <Facts
                items={[
                  [t('schedules.about'), <ScheduleAbout key="about" schedule={schedule} />],
                  [t('schedules.state'), <ScheduleState key="state" schedule={schedule} />],
                  [t('schedules.when'), <ScheduleWhen key="when" schedule={schedule} />],
                  [t('schedules.next'), <Moment key="next" at={schedule.next_at} />],
                  [
                    t('schedules.last'),
                    schedule.last_run_id ? (
                      <Link
                        key="last"
                        to={
                          schedule.kind === 'check'
                            ? `/check-runs/${schedule.last_run_id}`
                            : `/runs/${schedule.last_run_id}`
                        }
                      >
                        {schedule.last_run_id}
                      </Link>
                    ) : (
                      '–'
                    ),
                  ],
                  [t('schedules.kind'), t(`schedules.kinds.${schedule.kind}`, { defaultValue: schedule.kind })],
                  [t('schedules.missed'), t(`schedules.missedMoments.${schedule.missed}`)],
                  [t('schedules.overlap'), t(`schedules.overlapping.${schedule.overlap}`)],
                  [t('schedules.actsFor'), <bdi key="for">{schedule.acts_for_name}</bdi>],
                ]}
              />
            </Panel>
          </Box>
        )}
      </Loaded>
    </Page>
  );
}
