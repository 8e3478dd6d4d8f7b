button-topup-pay = ⚡️ Top up { $sum } and pay
pay-short-goes-on = With ⚡️ the bill is paid by itself as soon as the money is on the balance, if the total is still the same. Otherwise you are asked.
pay-waits = ⚡️ Agreed. As soon as the money is on your balance, the bill is paid by itself and you get the receipt.
pay-waits-not = ⚠️ The bill won't be paid by itself. After the top-up please confirm it yourself.
waiting-asks = ⏳ The bill of <b>{ $service }</b> for <b>{ $sum }</b> ({ $date }) was not paid by itself. Your money is on your balance.
waiting-because-short = The balance is still not enough for it.
waiting-because-changed = The total is not the one you agreed to. Please check it and confirm.
waiting-because-repeated = It seems that this account was paid meanwhile.
waiting-because-late = The money came later than within a day, so we'd rather ask you.
waiting-because-unavailable = It can't be paid right now. Please try again a little later.

# Accounts that are looked at every month
watch-button-every-month = 🔔 Remind me every month
watch-button-list = 🔔 Every month
watch-button-day = 📅 Another day
watch-button-limit = 💰 From which sum
watch-button-paid = ✔️ Already paid
watch-button-snooze = ⏰ In three days
watch-button-stop = 🔕 Stop reminding
watch-button-all = ✅ Pay all
watch-button-off = 🔕 Turn everything off
watch-button-off-yes = 🔕 Yes, turn it off
button-saved-back = ⭐ Saved accounts
watch-title = 🔔 <b>{ $name }</b>
watch-choose-day = On which day of the month shall we look what is owed? We write in the morning, and only if something is.
watch-choose-limit = From which sum on shall we write?
watch-day = day { $day }
watch-last-day = the last day
watch-any-debt = any debt
watch-from = from { $sum }
watch-is = We look at this account every month: <b>{ $day }</b>, <b>{ $limit }</b>. If it is owed, we write in the morning; never at night.
watch-unknown-sign = ℹ️ It isn't known yet what this service's balance means, so we can't say what is owed.
watch-cannot = This service doesn't tell what is owed, so there is nothing to remind you of.
watch-none = 🔔 No account is looked at yet. Choose one of your saved accounts, then “🔔 Remind me every month”.
watch-list = 🔔 <b>We look at these accounts every month</b>
watch-due-title = 🔔 <b>To pay this month</b>
watch-due-line = • { $name } — <b>{ $sum }</b>
watch-due-missed = • { $name } — the service didn't answer, please look for yourself
watch-due-order = They stand in the order in which to pay them: waste and house dues hold up electricity.
watch-all-title = ❓ <b>Please check and confirm: each is a payment of its own</b>
watch-all-line = • { $name }: <b>{ $sum }</b>
watch-all-line-fee = • { $name }: <b>{ $sum }</b>, fee { $fee }
watch-paid-title = 🧾 <b>What became of them</b>
watch-paid-paid = ✅ { $name }: { $sum } paid
watch-paid-unclear = 🔎 { $name }: { $sum } is being found out, please don't pay it again
watch-paid-not = ❌ { $name }: { $sum } not paid, nothing was charged
watch-nothing-due = ✅ Nothing is left to pay.
watch-off-question = Turn everything off? We'll look at no account any more, and no bill will be paid by itself. Saved accounts stay.
watch-off-done = 🔕 Everything is turned off. You can turn it on again at any saved account.
watch-toast-on = 🔔 We'll remind you.
watch-toast-paid = ✔️ Good. We'll look again next month.
watch-toast-snoozed = ⏰ We'll look again in three days.
watch-toast-stopped = 🔕 We won't remind you of it any more.
quota-watch_look = ⏳ Many of your accounts have been looked at lately. It goes on from { $time }.
quota-watch_all = ⏳ Many accounts have been looked at lately. It goes on from { $time }.

# Accounts that pay themselves
auto-button-on = ⚡️ Pay by itself
auto-button-off = ⏹ Don't pay by itself
auto-button-cap = up to { $sum }
auto-button-skip = ⏭ Not this month
auto-title = ⚡️ <b>{ $name }: pay by itself</b>
auto-what =
    Every month ({ $day }) what is owed is paid from your balance, once. The day before we tell you the sum, and you can skip it with one tap. Afterwards you get the receipt.
    Nothing is paid above your limit, or when the owner or the address of the account has changed. Cards are never charged by themselves.
    Up to which sum a month, with the fee?
auto-is = ⚡️ It pays itself from the balance: <b>{ $day }</b>, up to <b>{ $cap }</b> a month. We tell you the day before.
auto-notice = ⚡️ On { $date } <b>{ $name }</b> pays itself from your balance: about <b>{ $sum }</b>.
auto-notice-short = ⚠️ <b>{ $missing }</b> are missing on the balance.
auto-over-skipped = ⏭ <b>{ $name }</b> is not paid this month.
auto-over-nothing_owed = ✅ <b>{ $name }</b>: nothing is owed any more, so nothing was paid.
auto-over-paid_otherwise = ℹ️ <b>{ $name }</b>: somebody has paid something for it lately, so it did not pay itself. Please check whether anything is still owed.
auto-over-above_cap = ⚠️ <b>{ $name }</b> was not paid by itself: more is owed than your limit.
auto-over-short = ⚠️ <b>{ $name }</b> was not paid by itself: <b>{ $missing }</b> are missing on the balance. Nothing was charged.
auto-over-refused = ❌ <b>{ $name }</b> was not paid by itself: the payment did not go through. Nothing was charged.
auto-over-late = ❌ <b>{ $name }</b> was not paid by itself: it was not clear in time whether it could be. Nothing was charged.
auto-over-untold = ℹ️ <b>{ $name }</b> was not paid by itself: our message of the day before did not reach you. Nothing was charged.
auto-over-unknown_sign = ⚠️ <b>{ $name }</b> was not paid by itself: it isn't known any more what its balance means.
auto-over-other_owner = ⚠️ <b>{ $name }</b> was not paid by itself: the owner or the address of the account is another one now. Please check it.
auto-is-off = ⏹ It doesn't pay itself any more. You can turn it on again under ⚙️.
auto-toast-agreed = ⚡️ Agreed. We'll tell you the day before.
auto-toast-not_watched = Please choose a day first.
auto-toast-unknown_sign = It isn't known yet what this service's balance means, so it can't pay itself.
auto-toast-no_answer = 😔 The service is not answering right now. Please try again later.
auto-toast-off = ⏹ It doesn't pay itself any more.
auto-toast-skipped = ⏭ It won't be paid this month.
auto-toast-too-late = It can't be skipped any more.

# For owners
float-watched = 🔔 Looked at every month: { $accounts } accounts of { $people } people
float-auto = ⚡️ Pay themselves: { $accounts } accounts; in 30 days { $paid } paid ({ $sum }), { $failed } not
float-auto-needs = ⚡️ By the end of tomorrow they need { $needed } on the card
float-auto-short = ⚠️ By the end of tomorrow they need <b>{ $needed }</b> on the card, which has less: they wait until you write down a deposit
