/** Starts the page. */
import { listen } from './api.js';
import { hearTelegram, showState, startChat } from './chat.js';
import { byId, setText } from './dom.js';
import { showWorld, startWorld } from './world.js';

function showLink(isUp) {
  setText(byId('link'), isUp ? 'connected' : 'connecting…');
  byId('link').dataset.up = String(isUp);
}

/** On a narrow screen one of the two views is shown. */
function startViews() {
  const buttons = [...document.querySelectorAll('[data-show]')];
  for (const button of buttons) {
    button.addEventListener('click', () => {
      document.body.dataset.view = button.dataset.show;
      for (const each of buttons) each.setAttribute('aria-pressed', String(each === button));
    });
  }
}

startViews();
startChat();
startWorld();
listen(
  {
    state: (state) => {
      showState(state);
      showWorld(state.world);
    },
    telegram: hearTelegram,
    world: showWorld,
  },
  showLink,
);
