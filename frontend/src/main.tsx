import { createRoot } from 'react-dom/client';
import { App } from '@/app/app';
import { loadTexts } from '@/app/texts';
import { refresh } from '@/lib/api/session';
import { startI18n } from '@/lib/i18n/i18n';
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';

void refresh();
await startI18n(loadTexts);
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
