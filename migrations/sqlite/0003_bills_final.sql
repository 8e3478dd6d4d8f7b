-- A bill that ended stays what it is; a paid one can only be refunded. What it was for never changes at all.
CREATE TRIGGER bills_ends_are_final BEFORE UPDATE OF state ON bills
WHEN (OLD.state IN ('failed', 'refunded') AND NEW.state <> OLD.state)
  OR (OLD.state = 'paid' AND NEW.state NOT IN ('paid', 'refunded'))
BEGIN SELECT RAISE(ABORT, 'a bill that ended never changes'); END;
--> statement-breakpoint
CREATE TRIGGER bills_keep_body BEFORE UPDATE OF id, user_id, confirmation_id, service_id, account, amount_tiyin, fee_tiyin, source, card_id ON bills
WHEN NEW.id <> OLD.id OR NEW.user_id <> OLD.user_id OR NEW.confirmation_id <> OLD.confirmation_id
  OR NEW.service_id <> OLD.service_id OR NEW.account <> OLD.account OR NEW.amount_tiyin <> OLD.amount_tiyin
  OR NEW.fee_tiyin <> OLD.fee_tiyin OR NEW.source <> OLD.source OR NEW.card_id IS NOT OLD.card_id
BEGIN SELECT RAISE(ABORT, 'what a bill is for never changes'); END;
--> statement-breakpoint
-- Once it may have been paid, the transaction it is asked about stays.
CREATE TRIGGER bills_keep_transaction BEFORE UPDATE OF transaction_id ON bills
WHEN OLD.state IN ('paying', 'unknown', 'stuck', 'paid', 'refunded') AND NEW.transaction_id IS NOT OLD.transaction_id
BEGIN SELECT RAISE(ABORT, 'a transaction that may be paid is never forgotten'); END;
--> statement-breakpoint
CREATE TRIGGER bills_no_delete BEFORE DELETE ON bills
BEGIN SELECT RAISE(ABORT, 'bills are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER bill_history_no_update BEFORE UPDATE ON bill_history
BEGIN SELECT RAISE(ABORT, 'history is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER bill_history_no_delete BEFORE DELETE ON bill_history
BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;
