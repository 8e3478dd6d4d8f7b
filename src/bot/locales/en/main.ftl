# Language
language-name = 🇬🇧 English
language-choose = 🇬🇧 Choose a language
language-chosen = ✅ Language: { $language }
bot-description = Quick and safe balance top-ups by card transfer, Click or Payme.

# General
money = { $amount }{ "\u00A0" }so'm
blocked = 🚫 Your access has been closed. If you have any questions, please contact support.
apology = 😔 Sorry, something went wrong. Please try again in a little while. Your money is safe.
slow-down = ⏳ That was a bit too fast: some taps were skipped. Please wait half a minute and try again. Payments under way go on as usual.
unknown-command = 🤔 There is no such command. Please use the menu below.
unknown-text = 🤔 I didn't get that. Please choose from the menu below.
sum-typed = 🤔 Would you like to top up your balance by { $sum }?
button-topup-sum = 💰 Top up { $sum }
phone-typed = 🤔 Would you like to pay for <b>{ $phone }</b>?
unknown-media = 🤔 I can't read pictures, files or voice messages. If this is a receipt, don't worry: your payment is found by itself, by its exact sum. To check sooner, press “✅ Check payment” under the top-up.
forwarded-command = 🤔 This message was forwarded. A command only works when you type it yourself.
cancel-left = Cancelled. You are back in the main menu.
cancel-nothing = There is nothing to cancel. You are in the main menu.

# Main menu
menu-topup = 💰 Top up balance
menu-cabinet = 👤 My account
menu-history = 📜 Payment history
menu-language = 🌐 Language
menu-help = ❓ Help
welcome-title = Hello, <b>{ $name }</b>!
welcome-hint = Choose from the menu below 👇
cabinet-title = 👤 <b>My account</b>
cabinet-person = { $name } · ID: <code>{ $id }</code>
balance-available = 💰 Balance: <b>{ $sum }</b>
balance-held = 🔒 On hold: { $sum }
balance-review = 🔎 Under review: { $sum } — our staff are looking at it
help =
    ❓ <b>Help</b>

    <b>How do I top up?</b>
    1. Press “💰 Top up balance”.
    2. Choose how to pay and how much.
    3. Pay exactly the sum you are shown.
    Your balance is topped up as soon as the money arrives, and you get a message.

    <b>You paid, but nothing arrived?</b>
    Open “📜 Payment history” and there “➕ Top-ups”, choose the payment and press “✅ Check payment”. Money that comes late is credited too. If you sent another sum, one of our staff will look at it.
help-commands =
    <b>Commands</b>
    /topup — top up the balance
    /balance — balance
    /history — payment history
    /language — change the language
    /cancel — cancel what you have begun

# Buttons
button-menu = 🏠 Main menu
button-back = ⬅️ Back
button-other-way = 🔁 Another method
button-once-more = 🔁 Once more: { $sum }
button-pay = 💳 Pay
button-check = ✅ Check payment
button-cancel-order = ❌ Cancel
button-cancel-yes = ❌ Yes, cancel it
button-cancel-no = ⬅️ No, go back
button-copy-sum = 📋 Copy the sum
button-copy-card = 📋 Copy the card
button-refresh = 🔄 Refresh
button-receipt = 🧾 Receipt
button-newer = ◀️ Newer
button-older = Older ▶️
button-confirm = ✅ Confirm
button-drop = ❌ Cancel
button-block = 🚫 Block
button-unblock = 🔓 Unblock
button-to-user = 👤 User
button-owner-details = 🔎 Details
button-owner-check = 🔄 Check now
button-owner-ask_approve = ✅ Approve as paid
button-owner-ask_credit = ✅ Credit it
button-owner-ask_refuse = ❌ Refuse it
button-owner-refuse = ❌ Yes, refuse it

# Topping up
providers-title = 💰 <b>Top up your balance</b>
    Choose how to pay:
providers-none = 😔 There is no payment method right now. Please try again later.
ways-line = • <b>{ $title }</b> — { $min } to { $max }
way-transfer = Card transfer
ways-no-other = 🤔 There is no other method for this sum right now.
providers-paused = ⏸ paused for now
providers-troubled = ⚠️ there may be interruptions now
sum-title = 💰 <b>{ $title }</b>: how much would you like to top up?
sum-limits = At least { $min }, at most { $max }.
sum-hint = Press a button or type the sum, for example <code>50 000</code> or <code>50k</code>.
sum-not-understood = 🤔 I couldn't read that sum. For example: <code>50 000</code> or <code>50k</code>.
sum-is-card = 🔒 That looks like a card number, so your message was deleted: a top-up doesn't need it. Please enter the sum.
sum-not-whole = ⚠️ Please type the sum in whole so'm, without tiyin.
sum-out-of-limits = ⚠️ The sum should be between { $min } and { $max }.
topup-preparing = ⏳ Preparing your top-up, one moment…
topup-too-many = ⚠️ You have too many open top-ups. Please pay or cancel one of them first.
topup-live = ℹ️ You already have an open top-up with { $provider }. Please pay or cancel it first.
topup-live-other = ℹ️ You already have an open top-up with { $provider } for { $sum }. If you want another sum, cancel it first.
topup-paused = ⏸ This payment method is paused for now. Please choose another one.
topup-absent = ⏸ This payment method is no longer available. Please choose another one.
topup-busy = ⚠️ All sums near this one are taken at the moment. Enter another sum or try again a little later.

# Payment
order-title = { $icon } <b>Top-up № { $id }</b> · { $provider }
order-moved = ⬇️ Top-up № { $id } is in the message below.
order-exact-sum = 💰 Exact sum: <b>{ $sum }</b> (<code>{ $plain }</code>)
order-sum = 💰 Sum: <b>{ $sum }</b>
order-odd-sum = ℹ️ { $more } was added so that we recognise your payment. All of it comes to your balance.
order-card = 💳 Card: <code>{ $card }</code>
order-holder = 👤 Card holder: { $holder }
order-method = 📱 Paying with: { $method }
order-deadline = ⏰ Pay before <b>{ $time }</b> ({ $left })
order-deadline-clock = Tashkent time
order-how-page = Pay with the “💳 Pay” button. Your balance is topped up as soon as the money arrives.
order-how-transfer = Transfer the money to this card from any banking app. Your balance is topped up as soon as it arrives.
order-exact-warning = ⚠️ <b>Transfer exactly this sum.</b> Another sum is not recognised automatically.
order-state = State: <b>{ $state }</b>
order-received = 💵 Received: <b>{ $sum }</b>
order-date = 📅 { $date }
order-after-paid = The money is on your balance. Thank you!
order-after-expired = Please don't transfer money for this top-up any more. If you already have, don't worry: when it arrives, it is credited automatically.
order-after-cancelled = Please don't transfer money for this top-up. If you already have, don't worry: when it arrives, it is credited automatically.
order-after-failed = The top-up did not go through. Please try again or choose another method.
order-after-review = The sum that arrived differs from the one we expected. Our staff are looking at it, and we will tell you the result.
order-after-review-same = Money for this top-up was reported. To be sure that it reaches the right person our staff are looking at it, and we will tell you the result.
order-after-refused = The money was not credited. If you have any questions, please contact support.
order-cancel-question = Really cancel the top-up of { $sum }?

    ⚠️ If you have already sent the money, don't cancel, just wait a little.
state-creating = being prepared
state-waiting = waiting for payment
state-paid = paid
state-expired = expired
state-cancelled = cancelled
state-failed = failed
state-review = under review
state-refused = refused

# History
history-title = 📜 <b>Payment history</b>
history-empty = There are no payments yet. You can make the first one now.
history-hint = Choose a payment to see its details.

# The statement: what came and went, with the balance after each
statement-title = 📒 <b>What happened to your money</b>
statement-empty = Nothing has come to your balance or gone from it yet. What you have begun is behind the buttons below.
statement-none = Nothing of this kind yet.
button-topups = ➕ Top-ups
statement-topup = Top-up
statement-taken-back = Taken back by the payment system
statement-bill = Bill
statement-bill-returned = Bill not paid, money returned
statement-bill-refunded = Bill refunded
statement-credit = Credited by our staff
statement-debit = Charged by our staff
statement-correction = Correction
statement-all = All
statement-in = ➕ In
statement-out = ➖ Out
statement-line = { $number }. <b>{ $sum }</b> · { $what }
statement-after = { $at } · balance { $balance }

# More often than people do, and when it goes on
quota-open_order = ⏳ You have opened many top-ups lately. New ones from { $time }. What is open goes on as usual.
quota-sums_near = ⏳ You have used this sum several times lately. Please enter another sum, or this one again from { $time }.
quota-check_order = ⏳ You have checked many times. The button works again from { $time }; until then we keep looking by ourselves.
quota-cancel_order = ⏳ You have cancelled many top-ups lately. This one ends by itself if you don't pay; the button works again from { $time }.
quota-account_info = ⏳ You have looked up many accounts lately. Please go on from { $time }.
quota-link_card = ⏳ You have started adding cards several times today. The next one from { $time }.
quota-card_link = 🔒 Adding this card was tried too often today. To keep it safe, it can be added from { $time }.
quota-card_code = 🔒 The code of this card was wrong several times. To keep the card safe, the next code can be entered from { $time }. Nothing was charged.
quota-new_code = ⏳ You have asked for many codes lately. The next one from { $time }. Nothing was charged.
quota-pay_bill = ⏳ You have made many payments lately. The next one from { $time }. Nothing was charged.

# Short answers
toast-old = This button is out of date. Please start again from the main menu.
toast-too-soon = ⏳ Checked a moment ago. Press again in a few seconds.
toast-still-waiting = ⏳ The payment has not arrived yet. We will tell you when it does.
toast-paid = ✅ Payment received!
toast-review = 🔎 Our staff are looking at this payment.
toast-over = This payment is closed.
toast-check-silence = ⚠️ The payment system is not answering right now. We keep checking, don't worry.
toast-check-fault = ⚠️ The payment system has a fault. We keep checking and will tell you when the money arrives.
toast-check-maintenance = 🛠 The payment system is under maintenance. We check by ourselves when it is over and will tell you.
toast-check-busy = ⏳ There are many requests right now. We check by ourselves within minutes and will tell you.
toast-check-unknown = 🔎 The payment system does not see this top-up yet. If you have paid, please wait a little: we keep checking.
toast-check-unreadable = 🔎 The payment system reports a payment, but its sum is unclear. Our staff will check it and tell you.
toast-check-trouble = ⚠️ This can't be checked right now: we know and are on it. If you have paid, your money is not lost.
toast-cancelled = ❌ The top-up is cancelled.
toast-owner-checked = Checked.
toast-owner-done = ✅ Done.
toast-owner-decided = This was decided before.
toast-owner-not-blocked = An owner can't be blocked.

# List of commands
command-start = Main menu
command-topup = Top up the balance
command-balance = Balance
command-history = Payment history
command-language = Change the language
command-help = Help
command-cancel = Cancel what you have begun
owner-command-user = A user: id or @name
owner-command-credit = Credit: user, sum, reason
owner-command-debit = Debit: user, sum, reason
owner-command-orders = Open top-ups
owner-command-order = A top-up: id

# Troubles of payment systems: to the user
problem-wrong_keys = 😔 This payment method is unavailable now. Please pick another one. Nothing was charged.
problem-shop_inactive = 😔 This payment method is unavailable now. Please pick another one. Nothing was charged.
problem-monthly_fee_unpaid = 😔 This payment method is unavailable now. Please pick another one. Nothing was charged.
problem-account_not_linked = 😔 This payment method is unavailable now. Please pick another one. Nothing was charged.
problem-card_not_linked = 😔 This payment method is unavailable now. Please pick another one. Nothing was charged.
problem-subscription_ended = 😔 This payment method is unavailable now. Please pick another one. Nothing was charged.
problem-ip_not_whitelisted = 😔 This payment method is unavailable now. Please pick another one. Nothing was charged.
problem-callback_not_whitelisted = 😔 This payment method is unavailable now. Please pick another one. Nothing was charged.
problem-website_not_whitelisted = 😔 This payment method is unavailable now. Please pick another one. Nothing was charged.
problem-amount_too_low = ⚠️ The sum is too small for this payment method. Please try a larger one. Nothing was charged.
problem-amount_too_high = ⚠️ The sum is too large for this payment method. Please try a smaller one or another method. Nothing was charged.
problem-missing_parameters = 😔 The top-up could not be opened. Please pick another method. Nothing was charged.
problem-card_or_sum_refused = 😔 The top-up could not be opened. Please pick another method. Nothing was charged.
problem-order_code_taken = 😔 The top-up could not be opened. Please try again. Nothing was charged.
problem-unknown_order = 😔 The payment system could not find this top-up. Please try again. Nothing was charged.
problem-rate_limited = ⏳ The payment system is busy. Please try again in a few minutes or pick another method. Nothing was charged.
problem-maintenance = 🛠 The payment system is under maintenance. Please pick another method or try later. Nothing was charged.
problem-server_error = 😔 The payment system has a fault. Please pick another method or try later. Nothing was charged.
problem-bad_answer = 😔 The payment system has a fault. Please pick another method or try later. Nothing was charged.
problem-timeout = 😔 The payment system did not answer. Please try again or pick another method. Nothing was charged.
problem-network = 😔 The payment system can't be reached. Please try again or pick another method. Nothing was charged.
problem-budget_spent = ⏳ Too many people are using this method right now. Please try again in a few minutes or pick another method. Nothing was charged.
problem-busy_here = ⏳ This payment system is slow right now and many people are waiting for it. Please try again a little later or pick another method. Nothing was charged.
problem-share_spent = ⏳ You have used this method very often in the last hour. Please pick another method, or come back to this one a little later. Nothing was charged.
problem-refused = 😔 The payment system did not open the top-up. Please pick another method. Nothing was charged.
problem-unreadable_payment = 🔎 The payment system reports a payment, but its sum is unclear. Our staff will check it and tell you.

# Messages to the user
message-paid = ✅ <b>{ $sum }</b> is on your balance! (№ { $id })
message-paid-expired = The money came after the deadline, and we have accepted it.
message-paid-cancelled = The money came after you cancelled the top-up, and we have accepted it.
message-paid-closed = The top-up had been closed, but the money came and we have accepted it.
message-bill-paid = ✅ Paid: <b>{ $sum }</b> for { $service } (№ { $id })
message-bill-failed = ❌ Not paid: <b>{ $sum }</b> for { $service } (№ { $id })
message-bill-back = 💰 All the money is back on your balance.
message-bill-unclear = 🔎 <b>{ $sum }</b> for { $service } (№ { $id }): the payment service has not given a clear answer yet. Please don't pay it again until we tell you the result.
message-bill-handed-over = 👤 <b>{ $sum }</b> for { $service } (№ { $id }): our staff are now finding out what became of this payment. Please don't pay it again until we tell you the result.
message-balance = 💰 Your balance: <b>{ $sum }</b>
message-review = 🔎 <b>{ $paid }</b> arrived for top-up № { $id }, while { $sum } was expected. Our staff will look at it and we will tell you.
message-review-same = 🔎 <b>{ $paid }</b> arrived for top-up № { $id }. To be sure that it reaches the right person our staff will look at it, and we will tell you.
message-refused = ❌ The { $paid } that arrived for top-up № { $id } was not credited. Please contact support about getting it back.
message-same = ✅ { $paid } arrived for top-up № { $id }. Our staff had already dealt with this money on { $date } and put it on your balance, so it is not added a second time.
message-same-rest = The rest, <b>{ $rest }</b>, has been added now.
message-interrupted = 😔 Top-up № { $id } ({ $provider }) could not be opened. Nothing was charged. Please try again.
message-credited = ➕ <b>{ $sum }</b> was added to your balance.
message-debited = ➖ <b>{ $sum }</b> was taken from your balance.
message-reason = Reason: { $reason }

# For owners
owner-usage-credit = Usage: <code>/credit 123456789 50000 reason</code>
    The user is an id or @name; the sum is in so'm: <code>50 000</code>, <code>50k</code>, <code>1,5 mln</code>, <code>50 001,50</code>; then the reason, which the user reads.
owner-usage-debit = Usage: <code>/debit 123456789 50000 reason</code>
    The user is an id or @name; the sum is in so'm: <code>50 000</code>, <code>50k</code>, <code>1,5 mln</code>, <code>50 001,50</code>; then the reason, which the user reads.
owner-no-user = There is no such user. They must have written to the bot before.
owner-user-title = 👤 <b>{ $name }</b> · <code>{ $id }</code>
owner-user-balance = 💰 Balance: <b>{ $available }</b>, on hold: { $held }
owner-user-language = 🌐 Language: { $language }
owner-user-dates = 📅 First seen: { $created }, last seen: { $seen }
owner-user-blocked = 🚫 Blocked: { $at }
owner-user-unreachable = 🔕 Has blocked the bot
owner-money-credit = ➕ <b>Credit: { $sum }</b>
owner-money-debit = ➖ <b>Debit: { $sum }</b>
owner-money-user = 👤 { $name } · <code>{ $id }</code>
owner-money-reason = Reason: { $reason }
owner-money-figures = Balance: { $before } → <b>{ $after }</b>
owner-money-sure = Do you confirm?
owner-money-done = ✅ Done.
owner-money-dropped = ❌ Called off, nothing has changed.
owner-money-too-much = ⚠️ That can't be debited: the balance is { $available }, the sum is { $sum }.
owner-order-sums = Asked for: { $base }, to be paid: <b>{ $amount }</b>, received: <b>{ $paid }</b>
owner-order-dates = 📅 Opened: { $created }, deadline: { $expires }
owner-order-provider-order = The payment system's id: <code>{ $id }</code>
owner-order-reason = Reason: { $reason }
owner-order-problem = Last trouble: { $problem }
owner-order-checks = Checks: { $count }, the last one: { $last }
owner-order-history = <b>History</b>
owner-order-history-line = { $date } · { $to } · { $cause }
owner-ask-refuse = Refuse the <b>{ $paid }</b> that arrived? It will not be credited, and giving it back is up to you. Expected: { $sum }.
owner-review =
    🔎 <b>Another sum arrived</b>
    № { $id } · { $provider } · { $date }
    Expected: { $sum }
    Received: <b>{ $paid }</b>
owner-review-same =
    🔎 <b>The same sum a second time</b>
    № { $id } · { $provider } · { $date }
    Received: <b>{ $paid }</b>

# Alarms for owners
alarm-provider = 🚨 <b>{ $provider }</b>
alarm-times = Since the last message: { $times } times.
alarm-unreadable-payment = 🚨 <b>{ $provider }</b>: top-up № { $id } is called paid, but its sum or number can't be read. Nothing was credited. Look it up in the payment system's panel and decide.
alarm-unknown-word = ⚠️ <b>{ $provider }</b> describes top-up № { $id } with a word that isn't in its documentation. The top-up goes on being watched. Find out what this word means:
alarm-unknown-word-paid = 🚨 <b>{ $provider }</b> describes top-up № { $id } with a word that isn't in its documentation but sounds like “paid”. Nothing was credited. Look it up in the payment system's panel and decide. The word:
alarm-unknown-word-settled = 🚨 Top-up № { $id } was received, and now <b>{ $provider }</b> describes it with a word that isn't in its documentation. The money may have gone back to the payer. Look it up in the payment system's panel; if it is gone, debit the balance. The word:
alarm-paid-unopened = 🚨 <b>{ $provider }</b> reports top-up № { $id } as paid, but its opening never got an answer, so it can't be asked about. Nothing was credited. Look it up in the payment system's panel and decide.
alarm-books-broken = 🚨 <b>The books do not add up.</b> Change nothing by hand until the cause is known. Take a copy and follow “The books do not add up” in <code>docs/operations.md</code>.
alarm-clock-jumped = 🚨 <b>The server's clock was set.</b> It says { $wall }; by the program's own count it is { $counted }. The program believes only a clock that stays where it is, and until then closes no payment by it. Check the time on the server: <code>timedatectl</code>.
alarm-restored-ahead = 🚨 <b>A copy was restored by a wrong clock.</b> By its note that was on { $noted }, which is yet to come: by the server's clock it is { $now }. Until then a bill that waits for a top-up asks its payer again, and nothing pays itself. Check the time on the server: <code>timedatectl</code>. If it is right, stop the program, make a copy (<code>npm run backup</code>) and restore it (<code>npm run restore</code>).
alarm-program-error = 🚨 An error in the program: <code>{ $where }</code>. Look at the log; if it comes again, update the program or report it with what the log says.
alarm-chat-moved = ℹ️ The group for alarms became a supergroup; its id is now <code>{ $to }</code>. Messages go there, nothing was lost. When you have a moment, put this id into <code>ADMIN_CHAT_ID</code> (the old one: <code>{ $from }</code>).
alarm-chat-silent = 🚨 <b>The group for alarms (<code>{ $chat }</code>) takes no messages.</b> I keep { $count } of them and try again every half hour. Let the bot back into the group and give it the right to write. Telegram's answer:
alarm-backup-disk_full = 🚨 <b>No backup was made</b>: the disk is full. Free some space, make <code>BACKUP_KEEP</code> smaller or set <code>BACKUP_DIR</code> to a larger disk, then run <code>npm run backup</code>.
alarm-backup-not_writable = 🚨 <b>No backup was made</b>: the folder of backups can't be written to. Let the program's user write to <code>BACKUP_DIR</code> or set another folder, then run <code>npm run backup</code>.
alarm-backup-damaged = 🚨 <b>No backup was made: the database is damaged.</b> Stop the program, keep its files, and bring back the last good copy with <code>npm run restore</code>.
alarm-backup-books_broken = 🚨 <b>The books in the backup do not add up.</b> It is kept as <code>.suspect</code>, older copies stay. Change nothing by hand and follow “The books do not add up” in <code>docs/operations.md</code>.
alarm-backup-too_large = ⚠️ <b>The backup was not sent</b>: it is larger than the 50 MB a bot may send. It is kept in <code>BACKUP_DIR</code>: take it off the machine another way and set <code>BACKUP_TO_ADMIN=false</code>.
alarm-backup-not_sent = ⚠️ <b>The backup was not sent</b>: Telegram did not take it. It is kept in <code>BACKUP_DIR</code>: take it off the machine by hand. The next one is sent tomorrow.
alarm-backup-failed = 🚨 <b>No backup was made.</b> Run <code>npm run backup</code> on the server and do what it says.
alarm-database-gone = 🚨 <b>The database file is gone from its place.</b> Nothing is written any more: no top-ups, no bills. Stop the program, put the file back or bring back a copy with <code>npm run restore</code>, and start it again.
alarm-database-damaged = 🚨 <b>The database is damaged.</b> Stop the program, keep its files, and bring back the last good copy with <code>npm run restore</code>. Check the disk before you trust it again.
alarm-database-unwritable = 🚨 <b>Nothing can be written to the database.</b> Mostly its disk is full: look with <code>df -h</code> and free some space. Nothing that was confirmed is lost; the program goes on by itself as soon as it can write. Until then nobody is answered.
alarm-many = 🚨 <b>Further alarms in a short time: { $count }.</b> They are not told one by one. Look at the log: mostly one cause is behind them all.
alarm-problem-wrong_keys = The keys are wrong. Check the shop's id and key in the settings.
alarm-problem-shop_inactive = The shop is not active. Activate it in the panel or write to their support.
alarm-problem-monthly_fee_unpaid = The monthly fee is unpaid. Pay it in the payment system's panel.
alarm-problem-account_not_linked = No account is linked to the shop. Link it in the panel.
alarm-problem-card_not_linked = The card is not linked. Link it in the panel and compare it with the card in the settings.
alarm-problem-subscription_ended = The subscription has ended or its limit is used up. Renew it in the panel.
alarm-problem-ip_not_whitelisted = The server's IP address is not allowed. Add it to the list in the panel.
alarm-problem-callback_not_whitelisted = The domain for notifications is not registered. Add the domain of PUBLIC_URL in the panel.
alarm-problem-website_not_whitelisted = The site's domain is not registered. Add it in the panel.
alarm-problem-amount_too_low = The payment system calls the sum too small. Raise TOPUP_MIN.
alarm-problem-amount_too_high = The payment system calls the sum too large. Lower TOPUP_MAX or get a higher tariff.
alarm-problem-missing_parameters = The payment system says a field is missing. Its protocol may have changed: update the program.
alarm-problem-card_or_sum_refused = The payment system did not accept the card or the sum. Check the card's last four digits and its Gmail address in AUTOPAYCARD_CARDS, and the sum.
alarm-problem-order_code_taken = The order's code is called taken. If it happens again, check that no other program uses this shop.
alarm-problem-unknown_order = The payment system does not know the order. Check that the shop's id is right.
alarm-problem-rate_limited = Too many requests. They have been slowed down; if it happens again, look at your tariff.
alarm-problem-maintenance = The payment system is under maintenance. Wait, or switch this method off for a while.
alarm-problem-server_error = The payment system's server has a fault. If it lasts, write to their support.
alarm-problem-bad_answer = The payment system's answer makes no sense. Check the address in the settings; if it lasts, write to them.
alarm-problem-timeout = The payment system does not answer in time. If it lasts, write to their support.
alarm-problem-network = The payment system can't be reached. Check the server's connection and the address in the settings.
alarm-problem-budget_spent = This hour's requests are used up. Checks will be late; turn webhooks on or ask for a higher limit.
alarm-problem-busy_here = Our own queue is full, the request was not sent.
alarm-problem-share_spent = One person has used up their share of this hour's requests. Everybody else's go on.
alarm-problem-refused = The payment system refused the request. Read its answer below and check the panel.
alarm-problem-unreadable_payment = The payment system says paid, but the sum can't be read. Look it up in the panel and decide about the payment.

# Main menu: bills
menu-pay = 🧾 Pay bills
command-pay = Pay for utilities and services
command-cards = My cards
help-bills =
    <b>How do I pay bills?</b>
    Press “🧾 Pay bills”, choose a service or type its name, and enter your account number. You can pay from the balance or with your own card.

    <b>Is there a fee?</b>
    If there is one, you see it before you confirm. Only the total that you confirmed is charged.

    <b>Is a payment “being checked”?</b>
    Then the payment service has not given a clear answer yet. Please don't pay it again: either the bill is paid or the money comes back. We will tell you the result in any case.

    <b>How do we pay a home's bills together?</b>
    Save an account after paying it, then press ⚙️ beside it and “🏡 Into a home”. Invite your family by the link: they see what is owed and can pay it from their own balance or card. Nobody sees another's balance, phone number or other payments.

    <b>Can bills be paid every month?</b>
    Under the news of a payment press “🔔 Remind me every month”: in the morning of the day you choose we tell you what is owed. There “⚡️ Pay by itself” has it paid from the balance, never above your limit: we tell you the day before, and you can skip it. “🔕 Turn everything off” ends all of it.
help-pay =
    /pay — pay bills
    /cards — my cards
    /homes — homes: accounts you share

# Buttons of bills
button-bills = 📜 My bills
button-cards = 💳 My cards
button-saved-list = ⭐ Saved: { $count }
button-stop = ❌ Cancel
button-next = ✅ Yes, continue
button-keep = ➡️ Keep { $value }
button-skip = ⏭ Skip
button-show-all = 📋 Show all
button-debt = Debt: { $sum }
button-from-balance = 💰 Balance: { $sum }
button-card-link = ➕ Link a card
button-card-remove = 🗑 Remove •{ $mask }
button-remove-yes = 🗑 Yes, remove it
button-topup-missing = 💰 Top up { $sum }
button-pay-continue = ▶️ Continue the payment
button-continue = ▶️ Continue
story-changed = The bot has just been updated. Nothing is lost: let's go on from here.
button-pay-now = ✅ Pay { $sum }
button-pay-repeat = 🔁 Yes, pay once more
button-pay-again = 🧾 Pay bills
button-to-pay = 🧾 Pay bills
button-other-sum = ✏️ Another sum
button-other-source = 💳 Another method
button-save-account = ⭐ Save
button-saved-pay = 🧾 Pay
button-rename = ✏️ Rename
button-saved-remove = 🗑 Remove
button-repeat = 🔁 Pay again
button-new-code = 🔢 New code
button-cancel-bill = ❌ Cancel the payment

# Short answers: bills
toast-service-paused = ⏸ This service can't be paid right now. Please try again later.

# Topping up what is missing
providers-for =
    💰 <b>Top up { $sum }</b>
    Choose how to pay.
providers-for-waits = When the money is here, press “▶️ Continue the payment”.

# Paying bills
pay-title = 🧾 <b>Pay bills</b>
pay-hint = Choose a category or type the name of a service.
pay-hint-saved = Choose a saved account or a category, or type the name of a service.
pay-hint-search = Choose a service or type its name.
pay-stale = ⚠️ The payment service is not answering right now, the list may be out of date.
pay-stale-form = ⚠️ The payment service is not answering right now, these details may be out of date.
pay-category = { $icon } <b>{ $name }</b>
pay-category-other = Other
pay-search = 🔎 Found for “{ $query }”:
pay-search-none = 🔎 Nothing found for “{ $query }”. Please try another word.
pay-unavailable = 😔 This service can't be paid right now. Please try again later.
pay-stopped = Cancelled. Nothing was paid.
pay-service = { $icon } <b>{ $name }</b>
pay-line = { $label }: <b>{ $value }</b>
pay-choose = 👇 Choose: <b>{ $label }</b>
pay-enter = ✍️ Enter: <b>{ $label }</b>
pay-hint-options = The list is long: you can type a part of the name.
pay-hint-digits = Digits only, with the zeros in front.
pay-no-options = 😔 There is nothing to choose here right now. Please go back and choose another answer.
pay-bad-digits = ⚠️ Only digits are allowed here. Please check and type it again.
pay-bad-length = ⚠️ That is too long: at most { $max } characters. Please check and type it again.
pay-bad-pattern = ⚠️ That doesn't look right for this service. Please check and type it again.
pay-bad-empty = ⚠️ Nothing was entered. Please type it again.
pay-form-changed = ℹ️ The service has changed its questions. Please answer this one again.
pay-info-check = Is this the right account?
pay-info-sum = Is this the right account? Then choose how much to pay.
pay-debt = ❗ Debt: <b>{ $sum }</b>
pay-sum-title = 💰 <b>How much would you like to pay?</b>
pay-source-title = 💳 <b>What would you like to pay with?</b>
pay-balance-fee = Fee when paying from the balance: { $fee }
pay-card-gone = ⚠️ This card is no longer linked. Please choose another method.
pay-fee-changed = ℹ️ The fee has changed. Please check the new total and confirm once more. Nothing was charged.
pay-shown-changed = ℹ️ Something on this screen has changed. Please check it and confirm once more. Nothing was charged.
pay-short =
    ⚠️ <b>The balance is not enough.</b>
    To pay: { $total }
    On the balance: { $available }
    Missing: <b>{ $missing }</b>
pay-short-no-more =
    ✅ <b>The balance is enough now.</b>
    To pay: { $total }
    On the balance: { $available }
pay-confirm-title = ❓ <b>Please check and confirm</b>
pay-confirm-code = 📱 A code will come by SMS to the card holder's phone.
pay-cannot-be-undone = ‼️ <b>This payment cannot be undone. Check the account and the sum carefully.</b>
pay-line-sum = 💰 Sum: <b>{ $sum }</b>
pay-line-fee = Fee: { $fee }
pay-line-total = Total: <b>{ $total }</b>
pay-from-balance = From: balance
pay-from-card = From: card { $mask }
pay-repeated = ⚠️ You have already made this payment of { $sum } at { $time }. Would you like to pay <b>once more</b>?
pay-too-many = ⚠️ You have too many unfinished payments. Please finish one of them first.
pay-unavailable-paused = ⏸ Paying from the balance is paused for now. You can pay with a card. Nothing was charged.
pay-unavailable-no_operator_card = ⏸ Paying from the balance is not available. You can pay with a card. Nothing was charged.
pay-unavailable-float = ⏸ A bill of this sum can't be paid from the balance for the moment; it will be possible again soon. You can pay with a card. Nothing was charged.
pay-unavailable-service = ⏸ This service can't be paid right now. Please try again later. Nothing was charged.
pay-unavailable-provider = 😔 The payment service is not answering right now. Please try again later. Nothing was charged.
pay-unavailable-busy = ⏳ Too many payments are being made right now. Please try again in a minute. Nothing was charged.
pay-working = ⏳ Paying, one moment… Please don't pay again.
pay-asking = ⏳ Asking for a code, one moment…
button-paying = ⏳ Please wait…
stage-held =
    ✅ Checked
    ✅ Money put on hold
    ⏳ Asking the payment service…
stage-paying =
    ✅ Checked
    ✅ Money put on hold
    ✅ The payment service is ready
    ⏳ Sending the payment…
stage-code =
    ✅ Code received
    ⏳ Sending the payment…
stage-over = ☝️ There is no clear answer yet. The message above says what happens next.
pay-code = 🔢 Enter the code from the SMS (4 to 8 digits). Your message will be deleted at once.
pay-code-phone = 🔢 Enter the code from the SMS to { $phone } (4 to 8 digits). Your message will be deleted at once.
pay-code-until = ⏰ Without the code the payment is cancelled by itself at <b>{ $time }</b>, and nothing is charged.
pay-code-left = 🔢 This payment is still waiting for the code from the SMS. If that was the code, please enter it once more.
pay-cancel-sent = ℹ️ There is nothing to cancel: this payment has been sent already. This is how it is:
pay-code-bad = ⚠️ The code has 4 to 8 digits. Please type it again.
pay-code-wrong = ❌ The code is wrong. Tries left: { $left }.
pay-code-expired = ⌛ The code has expired. Nothing was charged.
pay-code-tries = ❌ The code was wrong too many times. Nothing was charged.
pay-code-no-more = ⚠️ No more codes can be sent for this payment. Please cancel it and start again. Nothing was charged.
pay-code-new = ✅ A new code has been sent.
pay-code-not-new = ⚠️ A new code could not be sent.
pay-code-new-needed = Press “🔢 New code” to get another code, or cancel the payment.
pay-code-not-sent = The code was not used: you can enter the same one again.
pay-save-name = ⭐ Enter a name for this account of <b>{ $name }</b>, for example “Home” or “Parents”.
pay-save-bad-name = ⚠️ The name should have 1 to { $max } characters. Please type another one.
pay-saved = ⭐ Saved. Next time it stands first in the list.
pay-saved-too-many = ⚠️ You have too many saved accounts. Please remove one of them first.
pay-saved-title = ⭐ <b>Saved accounts</b>
pay-saved-none = ⭐ There are no saved accounts yet. You can save one after a payment.
pay-saved-remove = Remove “{ $name }” from the saved accounts?
pay-saved-one = ⭐ <b>{ $name }</b>
pay-saved-owed = ❗ Debt: <b>{ $sum }</b> (as it was at { $date })
pay-rename = ✏️ Enter a new name for “{ $name }”.
pay-renamed = ⭐ Renamed.

# One bill
bill-title = { $icon } <b>Bill № { $id }</b>
bill-state = State: <b>{ $state }</b>
bill-state-working = being paid
bill-state-code = waiting for the code
bill-state-clarifying = being checked
bill-state-paid = paid
bill-state-failed = not paid
bill-state-refunded = money returned
bill-ref = Receipt: <code>{ $ref }</code>
bill-after-paid = Thank you! The bill is paid.
bill-after-working = ⏳ The payment is under way. We will tell you the result. Please don't pay again.
bill-after-clarifying = 🔎 The payment service has not given a clear answer yet. Your money is reserved and safe: either the bill will be paid or the money will come back. <b>Please don't pay it again</b>, we will tell you the result.
bill-after-clarifying-card = 🔎 The payment service has not given a clear answer yet. <b>Please don't pay it again</b>, we are finding out and will tell you the result.
bill-after-refunded = ↩️ <b>{ $sum }</b> is back on your balance.
bill-money-back = 💰 The bill was not paid, and all the money is back on your balance.
bill-not-charged = Nothing was charged.
bill-hint-waste = ♻️ It seems the waste collection bill has to be paid first.
bill-cancel-question = Really cancel this payment?
bill-list-title = 📜 <b>My bills</b>
bill-list-none = There are no bills yet.
bill-owner-title = 🔎 <b>A bill needs your decision</b>: № { $id }
bill-owner-user = 👤 { $who } · <code>{ $id }</code>
bill-owner-reason = Reason: { $reason }
bill-owner-evidence = <b>What is known</b>
evidence-checks = Paylov was asked { $count }×
evidence-answer = the last time: { $answer }
evidence-answer-paid = paid, { $sum }
evidence-answer-paid-unreadable = paid, and the sum can't be read
evidence-answer-created = not paid so far
evidence-answer-cancelled = cancelled
evidence-answer-other = a word that its document does not have
evidence-list-empty = its list of payments has no such payment
evidence-list = in its list of payments:
evidence-list-more = and { $count } more
evidence-list-none = its list of payments: { $why }
evidence-list-short = Its list was not complete.
paylov-said-nothing = no answer
paylov-said-unreadable = an answer that can't be read
paylov-said-error = an error
bill-owner-decide = Look it up in the payment service's panel, then decide: paid or not paid.

# Why a bill was not paid
bill-reason-other = 😔 The payment did not go through. Please try again a little later.
bill-reason-no_answer = 😔 The payment service did not answer. Please try again a little later.
bill-reason-interrupted = 😔 The payment was interrupted before it was sent. Please try again.
bill-reason-paused = ⏸ Paying from the balance is paused for now. You can pay with a card.
bill-reason-cancelled = You cancelled this payment.
bill-reason-no_code = ⌛ The code was not entered in time.
bill-reason-cancelled_at_paylov = 😔 The payment service cancelled the payment.
bill-reason-owner = 🔎 We checked: the payment did not go through.
bill-reason-other_amount = 😔 The payment did not go through. Please try again a little later.
bill-reason-unclear = 😔 The payment did not go through. Please try again a little later.

# Own cards
card-list-title = 💳 <b>My cards</b>
card-list-none = No cards are linked yet.
card-line = • <code>{ $mask }</code>
card-link-title = ➕ <b>Linking a card</b>
card-ask-number = Enter the 16 digits of the card. Your message will be deleted at once, and the number is kept nowhere.
card-ask-expiry = Enter the expiry date: month and year, for example <code>09/28</code>.
card-ask-code = 🔢 Enter the code from the SMS for the card <code>{ $mask }</code> (4 to 8 digits).
card-ask-code-phone = 🔢 Enter the code from the SMS to { $phone } for the card <code>{ $mask }</code> (4 to 8 digits).
card-bad-number = ⚠️ A card number has 16 digits. Please check and type it again.
card-bad-expiry = ⚠️ Please type the month and the year, for example <code>09/28</code>.
card-number-again = ⏳ For your safety the card number was not kept. Please enter it again.
card-left = 💳 You were linking a card. If that was meant for it, please enter it once more.
card-unasked = 🔒 That looks like a card number, so your message was deleted. To pay bills with your card, link it with the button below.
card-code-expired = ⌛ The code has expired. To get a new one, please enter the card number again.
card-linked = ✅ The card { $mask } is linked.
card-removed = 🗑 The card { $mask } is removed.
card-remove-question = Remove the card <code>{ $mask }</code>?

# Troubles of paying bills and of cards: to the user
bill-problem-card_not_found = 💳 The card was not found. Please check its number.
bill-problem-card_is_blocked = 💳 The card is blocked. Please use another one or ask your bank.
bill-problem-card_expired = 💳 The card has expired. Please use another one.
bill-problem-sms_not_active = 📱 SMS messages are not switched on for this card. Please switch them on at your bank.
bill-problem-daily_limit_used_for_this_card = 💳 The card's limit for today is used up. Please use another card or try tomorrow.
bill-problem-invalid_otp = ❌ The code is wrong. Please check it and type it again.
bill-problem-otp_expired = ⌛ The code has expired. Please ask for a new one.
bill-problem-otp_code_already_sent = 📱 A code has already been sent. Please wait for it or try again in a minute.
bill-problem-too_many_attempts = ⏳ Too many tries. Please try again a little later.
bill-problem-insufficient_funds = 💳 There is not enough money on the card.
bill-problem-invalid_amount = ⚠️ The service does not take this sum. Please try another one.
bill-problem-transaction_not_found = 😔 The payment service could not find this payment. Please start again.
bill-problem-transaction_already_payed = ℹ️ This payment has already been made.
bill-problem-already_confirmed = ℹ️ This has already been confirmed.
bill-problem-transaction_not_available_for_payment = 😔 This payment can't be continued. Please start again.
bill-problem-error_at_pay = 😔 The service did not take the payment. Please try again a little later.
bill-problem-processing_error = 😔 The bank could not carry out the operation. Please try again a little later.
bill-problem-merchant_not_available = ⏸ This service can't be paid right now. Please try again later.
bill-problem-validation_error = ⚠️ The details don't fit: such an account was not found. Please check what you entered.
bill-problem-field_required = ⚠️ Some details are missing. Please fill in everything.
bill-problem-field_not_valid = ⚠️ The details don't fit: such an account was not found. Please check what you entered.
bill-problem-permission_denied = 😔 Paying bills is unavailable right now. We are already on it, please try again later.
bill-problem-ip_not_allowed = 😔 Paying bills is unavailable right now. We are already on it, please try again later.
bill-problem-server_error = 😔 The payment service has a fault. Please try again a little later.
bill-problem-gateway_not_working = 😔 The payment service is not working right now. Please try again a little later.
bill-problem-unknown_error = 😔 Something went wrong at the payment service. Please try again a little later.
bill-problem-card_is_already_activated = ℹ️ This card is already linked.
bill-problem-card_exists = ℹ️ At Paylov this card is linked to somebody else. Please enter the number of another card.
bill-problem-invalid_card = 💳 The card's number or expiry date is wrong. Please check them.
bill-problem-card_is_not_supported = 💳 Such cards can't be linked. Please use another one.
bill-problem-card_has_no_phone = 📱 No phone number is linked to the card. Please add one at your bank.
bill-problem-phone_not_match = 📱 The phone number does not match the card's.
bill-problem-card_not_found_in_processing_center = 💳 The bank does not know this card. Please check its number or use another one.
bill-problem-card_is_blocked_in_processing_center = 💳 The card is blocked. Please use another one or ask your bank.
bill-problem-card_is_not_activated = 💳 The card is not active. Please use another one or ask your bank.
bill-problem-card_is_not_for_this_check = 💳 This payment was begun with another card. Please start again.
bill-problem-invalid_card_token = 💳 The card has to be linked anew. Please remove it under /cards and link it again.
bill-problem-pan_not_valid = 💳 The card's number or expiry date is wrong. Please check them.
bill-problem-pinfl_not_match = 💳 The card belongs to somebody else. Please use a card of your own.
bill-problem-bank_not_found = 💳 Cards of this bank can't be used here. Please use another one.
bill-problem-error_create_card = 😔 The card could not be linked. Please try again a little later or use another one.
bill-problem-balance_refresh_error = 😔 The bank could not carry out the operation. Please try again a little later.
bill-problem-hold_not_found = 😔 The payment service could not find this payment. Please start again.
bill-problem-terminal_does_not_exist = ⏸ This service can't be paid right now. Please try again later.
bill-problem-wrong_keys = 😔 Paying bills is unavailable right now. We are already on it, please try again later.
bill-problem-rate_limited = ⏳ The payment service is busy. Please try again in a minute.
bill-problem-busy_here = ⏳ The payment service is slow right now and many people are waiting for it. Please try again in a minute. Nothing was charged.
bill-problem-timeout = 😔 The payment service did not answer in time. Please try again a little later.
bill-problem-network = 😔 The payment service can't be reached. Please try again a little later.
bill-problem-bad_answer = 😔 The payment service gave an unclear answer. Please try again a little later.
bill-problem-bad_form = ⏸ This service can't be paid through the bot right now.

# Bills, for owners
bill-owner-title-over = 🧾 <b>Bill</b> № { $id }
bill-owner-state = State: <b>{ $state }</b>
button-bill-ask-paid = ✅ It is paid
button-bill-ask-unpaid = ❌ It is not paid
button-bills-resume = ▶️ Resume
alarm-bills-paused = 🚨 <b>Bills are not paid from balances any more</b>: your card at Paylov can't pay. Top it up or unblock it, then press the button. Paylov says:
alarm-paylov-problem = 🚨 <b>Paylov refuses us.</b>
alarm-paylov-permission_denied = Our user there may not do this. Ask their support for the right.
alarm-paylov-ip_not_allowed = It does not let in this server's IP address. Tell their support the address.
alarm-paylov-wrong_keys = It does not take our keys. Check the settings that begin with <code>PAYLOV_</code>, then start the program again.
alarm-paylov-merchant_not_available = It says that our account for payments is switched off. Ask their support.
alarm-paylov-terminal_does_not_exist = It does not know our terminal. Ask their support.
alarm-bills-differ = 🚨 <b>Bills and Paylov's list differ.</b> Look each one up in Paylov's panel and with /bill, then correct what is wrong here:
alarm-bills-not-compared = ⚠️ <b>Paylov gave no list of payments for { $day }</b>, so the bills of that day are not compared yet. The next try is at { $next }, then once an hour until it works. No money depends on it, and the program is not at fault. If there is still no report in the evening, ask Paylov's support. Reason: { $why }
alarm-bills-unserved = 🚨 <b>Bills are open and Paylov is not set.</b> Bills: { $count }, on hold: { $sum }. Nobody can find out what became of them without Paylov: put its keys back into the settings and restart the program.
alarm-topups-unserved = 🚨 <b>{ $provider }</b> is not set, but top-ups of it are open: { $count }. Money that comes for them is not seen: put its keys back into the settings and restart the program.
card-too-many = ⚠️ You've reached the card limit. Please remove one of your cards first: /cards
