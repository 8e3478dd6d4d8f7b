/** An inbox on a real file with handlers that a test holds back or breaks. */
import type { Update } from 'grammy/types';
import { onTestFinished } from 'vitest';
import { createTestClock, type TestClock } from '../../testing/clock.ts';
import { rerunningDatabase, type TemporaryDatabase } from '../../testing/database.ts';
import { collectLog, type CollectedLog } from '../../testing/log.ts';
import { createInbox, type Inbox, type InboxOptions } from './inbox.ts';

export function message(updateId: number, chatId = 1): Update {
  const chat = { id: chatId, type: 'private' as const, first_name: 'A' };
  return { update_id: updateId, message: { message_id: updateId, date: 0, chat } } as Update;
}

interface Handlers extends Partial<InboxOptions> {
  /** Their handlers wait until they are released; others end at once. */
  held?: number[];
  onUpdate?: (updateId: number) => Promise<void>;
}

interface RunningInbox {
  inbox: Inbox;
  /** Ids in the order their handlers began. */
  begun: number[];
  apologies: number[];
  release: (updateId: number) => void;
}

export interface Stage {
  file: TemporaryDatabase;
  clock: TestClock;
  log: CollectedLog;
  /** One more inbox on the same file: another process. */
  run(options?: Handlers): RunningInbox;
}

export function setStage(): Stage {
  const file = rerunningDatabase();
  const clock = createTestClock();
  const log = collectLog();
  onTestFinished(() => file.remove());
  return { file, clock, log, run };

  function run({ held = [], onUpdate, ...rest }: Handlers = {}): RunningInbox {
    const begun: number[] = [];
    const apologies: number[] = [];
    const gates = new Map(held.map((id) => [id, Promise.withResolvers<void>()]));
    const inbox = createInbox({
      db: file.db,
      clock,
      log: log.log,
      async handle(update) {
        begun.push(update.update_id);
        await gates.get(update.update_id)?.promise;
        await onUpdate?.(update.update_id);
      },
      async apologise(update) {
        apologies.push(update.update_id);
      },
      ...rest,
    });
    onTestFinished(async () => {
      for (const gate of gates.values()) gate.resolve();
      await inbox.stop({ deadlineMs: 0 });
      await clock.settle();
    });
    return { inbox, begun, apologies, release: (id) => gates.get(id)?.resolve() };
  }
}
