import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { BrowserRouter } from 'react-router';
import { makeQueryClient } from '@/lib/api/query-client';
import { onSession, sessionState, sessionUser } from '@/lib/api/session';
import { dropAllDrafts } from '@/lib/drafts';
import { forgetKept } from '@/lib/offline/kept';
import { queue } from '@/lib/offline/queue';
import { realtime } from '@/lib/realtime/socket';
import { Look } from './look';
import { CrashGuard } from './pages/crash';
import { Routes } from './router';
import { Splash } from './splash';

const queries = makeQueryClient();

// What one person saw or typed is gone before another signs in.
onSession(() => {
  if (sessionState() === 'signed-in') void forgetKept(sessionUser());
  if (sessionState() !== 'signed-out') return;
  void forgetKept();
  void queue.clear();
  realtime.close();
  queries.clear();
  dropAllDrafts();
});

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Suspense fallback={<Splash />}>
        <Look>
          <CrashGuard>
            {/* Without transitions what stands in the address changes at once, as fields need it. */}
            <BrowserRouter useTransitions={false}>
              <Suspense fallback={<Splash />}>
                <Routes />
              </Suspense>
            </BrowserRouter>
          </CrashGuard>
        </Look>
      </Suspense>
    </QueryClientProvider>
  );
}
