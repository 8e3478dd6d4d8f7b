/** Light or dark: as the machine has it, until somebody chooses. */
import { store } from './store.js';

const KEY = 'tolov-theme';
const wantsDark = matchMedia('(prefers-color-scheme: dark)');

export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === undefined ? wantsDark.matches : chosen === 'dark';
}

export function toggleTheme() {
  const theme = isDark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  localStorage.setItem(KEY, theme);
  store.change(() => {});
}

export function startTheme() {
  const chosen = localStorage.getItem(KEY);
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  wantsDark.addEventListener('change', () => store.change(() => {}));
}
