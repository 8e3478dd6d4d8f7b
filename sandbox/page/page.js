/** Starts the page: hears what happens in the sandbox and shows it. */
import { listen } from './api.js';
import { hearBooks, hearPersons, hearProgram, hearState, hearWorld } from './hear-sandbox.js';
import { hearTelegram } from './hear-telegram.js';
import './sandbox-page.js';
import { store } from './store.js';
import { startTheme } from './theme.js';

/** What says how long ago something was is drawn anew so often. */
const TICK_MS = 1000;

startTheme();
setInterval(() => store.change(() => {}), TICK_MS);
listen(
  {
    state: hearState,
    persons: hearPersons,
    telegram: hearTelegram,
    world: hearWorld,
    program: hearProgram,
    books: hearBooks,
  },
  (isUp) => {
    store.change((state) => {
      state.link = isUp ? 'up' : 'connecting';
    });
  },
);
