/** Buttons that ask the sandbox for something. */
import { html } from 'lit';
import { attempt } from './notices.js';

/** `act` may take its time: the button waits for it. What goes wrong is said in a notice. */
export function actionButton(label, { act, className = '', disabled = false }) {
  const press = async ({ currentTarget }) => {
    currentTarget.ariaBusy = 'true';
    await attempt(act);
    currentTarget.ariaBusy = 'false';
  };
  return html`<button type="button" class=${className} ?disabled=${disabled} @click=${press}>
    ${label}
  </button>`;
}

/** A form that sends its fields to `act`, and is emptied when that went well. */
export function actionForm(content, { act, className = '' }) {
  const submit = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const done = await attempt(() => act(Object.fromEntries(new FormData(form))));
    if (done !== undefined) form.reset();
  };
  return html`<form class=${className} autocomplete="off" @submit=${submit}>${content}</form>`;
}
