-- What is in the books stays there: a correction is a new entry with a reason. The triggers are those of SQLite by name,
-- condition and words, and besides TRUNCATE is refused wherever DELETE is: it asks no trigger of single rows.
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
END $$;
--> statement-breakpoint
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries
FOR EACH ROW EXECUTE FUNCTION refuse('entries are never changed: post a correcting entry');
--> statement-breakpoint
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries
FOR EACH ROW EXECUTE FUNCTION refuse('entries are never deleted: post a correcting entry');
--> statement-breakpoint
CREATE TRIGGER entries_no_truncate BEFORE TRUNCATE ON entries
FOR EACH STATEMENT EXECUTE FUNCTION refuse('entries are never deleted: post a correcting entry');
--> statement-breakpoint
CREATE TRIGGER lines_no_update BEFORE UPDATE ON lines
FOR EACH ROW EXECUTE FUNCTION refuse('lines are never changed: post a correcting entry');
--> statement-breakpoint
CREATE TRIGGER lines_no_delete BEFORE DELETE ON lines
FOR EACH ROW EXECUTE FUNCTION refuse('lines are never deleted: post a correcting entry');
--> statement-breakpoint
CREATE TRIGGER lines_no_truncate BEFORE TRUNCATE ON lines
FOR EACH STATEMENT EXECUTE FUNCTION refuse('lines are never deleted: post a correcting entry');
--> statement-breakpoint
CREATE TRIGGER accounts_no_delete BEFORE DELETE ON accounts
FOR EACH ROW EXECUTE FUNCTION refuse('accounts are never deleted');
--> statement-breakpoint
CREATE TRIGGER accounts_no_truncate BEFORE TRUNCATE ON accounts
FOR EACH STATEMENT EXECUTE FUNCTION refuse('accounts are never deleted');
--> statement-breakpoint
CREATE TRIGGER accounts_keep_sign BEFORE UPDATE OF id, may_be_negative ON accounts
FOR EACH ROW EXECUTE FUNCTION refuse('what an account is never changes');
--> statement-breakpoint
-- A credited order stays credited, whatever a later answer or a bug says.
CREATE TRIGGER topups_paid_is_final BEFORE UPDATE OF state, paid_tiyin, user_id ON topups
FOR EACH ROW WHEN (OLD.state = 'paid' AND (NEW.state <> 'paid' OR NEW.paid_tiyin <> OLD.paid_tiyin OR NEW.user_id <> OLD.user_id))
EXECUTE FUNCTION refuse('a paid order never changes');
--> statement-breakpoint
CREATE TRIGGER topup_history_no_update BEFORE UPDATE ON topup_history
FOR EACH ROW EXECUTE FUNCTION refuse('history is never changed');
--> statement-breakpoint
CREATE TRIGGER topup_history_no_delete BEFORE DELETE ON topup_history
FOR EACH ROW EXECUTE FUNCTION refuse('history is never deleted');
--> statement-breakpoint
CREATE TRIGGER topup_history_no_truncate BEFORE TRUNCATE ON topup_history
FOR EACH STATEMENT EXECUTE FUNCTION refuse('history is never deleted');
--> statement-breakpoint
-- A bill that ended stays what it is; a paid one can only be refunded. What it was for never changes at all.
CREATE TRIGGER bills_ends_are_final BEFORE UPDATE OF state ON bills
FOR EACH ROW WHEN ((OLD.state IN ('failed', 'refunded') AND NEW.state <> OLD.state)
  OR (OLD.state = 'paid' AND NEW.state NOT IN ('paid', 'refunded')))
EXECUTE FUNCTION refuse('a bill that ended never changes');
--> statement-breakpoint
CREATE TRIGGER bills_keep_body BEFORE UPDATE OF id, user_id, confirmation_id, service_id, account, amount_tiyin, fee_tiyin, source, card_id ON bills
FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.user_id <> OLD.user_id OR NEW.confirmation_id <> OLD.confirmation_id
  OR NEW.service_id <> OLD.service_id OR NEW.account <> OLD.account OR NEW.amount_tiyin <> OLD.amount_tiyin
  OR NEW.fee_tiyin <> OLD.fee_tiyin OR NEW.source <> OLD.source OR NEW.card_id IS DISTINCT FROM OLD.card_id)
EXECUTE FUNCTION refuse('what a bill is for never changes');
--> statement-breakpoint
-- Once it may have been paid, the transaction it is asked about stays.
CREATE TRIGGER bills_keep_transaction BEFORE UPDATE OF transaction_id ON bills
FOR EACH ROW WHEN (OLD.state IN ('paying', 'unknown', 'stuck', 'paid', 'refunded') AND NEW.transaction_id IS DISTINCT FROM OLD.transaction_id)
EXECUTE FUNCTION refuse('a transaction that may be paid is never forgotten');
--> statement-breakpoint
CREATE TRIGGER bills_no_delete BEFORE DELETE ON bills
FOR EACH ROW EXECUTE FUNCTION refuse('bills are never deleted');
--> statement-breakpoint
CREATE TRIGGER bills_no_truncate BEFORE TRUNCATE ON bills
FOR EACH STATEMENT EXECUTE FUNCTION refuse('bills are never deleted');
--> statement-breakpoint
CREATE TRIGGER bill_history_no_update BEFORE UPDATE ON bill_history
FOR EACH ROW EXECUTE FUNCTION refuse('history is never changed');
--> statement-breakpoint
CREATE TRIGGER bill_history_no_delete BEFORE DELETE ON bill_history
FOR EACH ROW EXECUTE FUNCTION refuse('history is never deleted');
--> statement-breakpoint
CREATE TRIGGER bill_history_no_truncate BEFORE TRUNCATE ON bill_history
FOR EACH STATEMENT EXECUTE FUNCTION refuse('history is never deleted');
--> statement-breakpoint
CREATE TRIGGER entry_seals_no_update BEFORE UPDATE ON entry_seals
FOR EACH ROW EXECUTE FUNCTION refuse('a seal is never changed');
--> statement-breakpoint
CREATE TRIGGER entry_seals_no_delete BEFORE DELETE ON entry_seals
FOR EACH ROW EXECUTE FUNCTION refuse('a seal is never deleted');
--> statement-breakpoint
CREATE TRIGGER entry_seals_no_truncate BEFORE TRUNCATE ON entry_seals
FOR EACH STATEMENT EXECUTE FUNCTION refuse('a seal is never deleted');
--> statement-breakpoint
CREATE TRIGGER staff_log_no_update BEFORE UPDATE ON staff_log
FOR EACH ROW EXECUTE FUNCTION refuse('the log of the staff is never changed');
--> statement-breakpoint
CREATE TRIGGER staff_log_no_delete BEFORE DELETE ON staff_log
FOR EACH ROW EXECUTE FUNCTION refuse('the log of the staff is never deleted');
--> statement-breakpoint
CREATE TRIGGER staff_log_no_truncate BEFORE TRUNCATE ON staff_log
FOR EACH STATEMENT EXECUTE FUNCTION refuse('the log of the staff is never deleted');
--> statement-breakpoint
-- What was decided stays decided, by whom it was asked and for whom.
CREATE TRIGGER admin_actions_final BEFORE UPDATE ON admin_actions
FOR EACH ROW WHEN (OLD.state IN ('done', 'dropped', 'expired')
  OR NEW.owner_id <> OLD.owner_id OR NEW.user_id <> OLD.user_id OR NEW.kind <> OLD.kind
  OR NEW.amount_tiyin <> OLD.amount_tiyin OR NEW.reason <> OLD.reason OR NEW.subject IS DISTINCT FROM OLD.subject)
EXECUTE FUNCTION refuse('a decision of the staff never changes');
--> statement-breakpoint
CREATE TRIGGER suspense_items_final BEFORE UPDATE ON suspense_items
FOR EACH ROW WHEN (OLD.state <> 'open' OR NEW.amount_tiyin <> OLD.amount_tiyin OR NEW.provider <> OLD.provider)
EXECUTE FUNCTION refuse('money that was given to somebody is not in suspense any more');
--> statement-breakpoint
CREATE TRIGGER suspense_items_no_delete BEFORE DELETE ON suspense_items
FOR EACH ROW EXECUTE FUNCTION refuse('suspense items are never deleted');
--> statement-breakpoint
CREATE TRIGGER suspense_items_no_truncate BEFORE TRUNCATE ON suspense_items
FOR EACH STATEMENT EXECUTE FUNCTION refuse('suspense items are never deleted');
