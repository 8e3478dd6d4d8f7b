/** `/broadcast`: a text or a photo to everybody, by language or by when they were seen. For owners. */
import type { Parts } from '../../kit/context.ts';
import { draftInputs, draftTaps, openBroadcasts } from './broadcast-draft.ts';
import { progressTaps } from './broadcast-progress.ts';
import { BROADCAST_AREA } from './broadcast-views.ts';
import type { DeskAction, DeskFeature } from '../kit/feature.ts';

export function broadcastDesk(parts: Parts): DeskFeature {
  const open: DeskAction = {
    role: 'owner',
    run: async (ctx) => await openBroadcasts(ctx, parts),
  };
  return {
    area: BROADCAST_AREA,
    menu: { label: 'broadcast-menu', action: 'open', role: 'owner' },
    commands: { broadcast: open },
    taps: { open, ...draftTaps(parts), ...progressTaps(parts) },
    inputs: draftInputs(parts),
  };
}
