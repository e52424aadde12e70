import Box from '@mui/material/Box';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Provider } from 'react-redux';
import { Outlet, useLocation } from 'react-router';
import { Lines } from '@/components/loaded';
import { makeStore } from '@/lib/store/store';
import { Notices } from '../notices';
import { Bars } from '../offline/bars';
import { CrashGuard } from '../pages/crash';
import { CrumbPlace } from './crumb-place';
import { Header } from './header';
import { Palette } from './palette';
import { ProofDialog } from './proof-dialog';
import { Rail } from './rail';
import { Sending } from './sending';
import { Shortcuts } from './shortcuts';
import { useEnrolmentGate } from './use-enrolment-gate';
import { useScroll } from './use-scroll';

function Signed() {
  const { t } = useTranslation('app');
  const { pathname } = useLocation();
  useEnrolmentGate();
  useScroll();
  return (
    <>
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
          <Header />
          <Bars />
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
      <Sending />
      <Shortcuts />
      <Notices />
    </>
  );
}

/** The frame around all pages of who is signed in. */
export default function Frame() {
  const [store] = useState(makeStore);
  return (
    <Provider store={store}>
      <CrumbPlace>
        <Signed />
      </CrumbPlace>
    </Provider>
  );
}
