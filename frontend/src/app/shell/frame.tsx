import Box from '@mui/material/Box';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Provider } from 'react-redux';
import { Navigate, Outlet, useLocation } from 'react-router';
import { ErrorPanel } from '@/components/error-panel';
import { Lines } from '@/components/loaded';
import { CrumbSlot } from '@/components/page';
import { ApiError } from '@/lib/api/errors';
import { refresh } from '@/lib/api/session';
import { useSession } from '@/lib/api/use-session';
import { makeStore } from '@/lib/store/store';
import { Notices } from '../notices';
import { CrashGuard } from '../pages/crash';
import { Header } from './header';
import { Palette } from './palette';
import { ProofDialog } from './proof-dialog';
import { Rail } from './rail';
import { Shortcuts } from './shortcuts';
import { useEnrolmentGate } from './use-enrolment-gate';
import { useScroll } from './use-scroll';

function Signed() {
  const { t } = useTranslation('app');
  const { pathname } = useLocation();
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  useEnrolmentGate();
  useScroll();
  return (
    <CrumbSlot value={slot}>
      <Box
        component="a"
        href="#main"
        className="skip"
        sx={{
          position: 'absolute',
          insetBlockStart: -100,
          p: 2,
          zIndex: 2000,
          bgcolor: 'background.paper',
          '&:focus': { insetBlockStart: 4 },
        }}
      >
        {t('frame.skip')}
      </Box>
      <Box sx={{ display: 'flex', minHeight: '100dvh', flexDirection: { xs: 'column-reverse', sm: 'row' } }}>
        <Rail />
        <Box sx={{ flex: '1 1 auto', minWidth: 0, display: 'flex', flexDirection: 'column', position: 'relative' }}>
          <Header onSlot={setSlot} />
          <Box component="main" id="main" sx={{ flex: '1 1 auto', minWidth: 0 }}>
            <CrashGuard key={pathname}>
              <Suspense fallback={<Lines />}>
                <Outlet />
              </Suspense>
            </CrashGuard>
          </Box>
        </Box>
      </Box>
      <Palette />
      <ProofDialog />
      <Shortcuts />
      <Notices />
    </CrumbSlot>
  );
}

/** The frame around all pages of who is signed in; others are sent to sign in and come back afterwards. */
export default function Frame() {
  const session = useSession();
  const [store] = useState(makeStore);
  const { pathname, search } = useLocation();
  if (session === 'signed-in') {
    return (
      <Provider store={store}>
        <Signed />
      </Provider>
    );
  }
  if (session === 'unreachable') return <ErrorPanel error={new ApiError(0, {})} retry={refresh} />;
  if (session === 'unknown') return <Lines />;
  const next = pathname + search;
  return <Navigate to={next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`} replace />;
}
