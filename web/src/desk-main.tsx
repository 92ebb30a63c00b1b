import './desk/mantine-styles.ts';
import './ui/tokens.css';
import './desk-ui/desk.css';
import './desk/frame.css';
import { createRoot } from 'react-dom/client';
import { createDesk } from './desk/app.tsx';
import { createAsk } from './http/client.ts';
import { chooseLanguage } from './i18n.ts';
import { keepsFiles } from './state/kept-mark.ts';

const place = document.querySelector('#desk');
if (place === null) throw new Error('desk.html has no #desk');
await chooseLanguage();
const Desk = createDesk(createAsk());
createRoot(place).render(<Desk />);
// Taken in a session and not sent yet: every page of ours goes on with it.
if (keepsFiles()) {
  const { bringKept } = await import('./features/file/index.ts');
  bringKept(new AbortController().signal);
}
