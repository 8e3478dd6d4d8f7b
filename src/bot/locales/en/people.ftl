# A second person
decision-menu = 👥 Waiting for a second person
decision-approve = ✅ <b>Approve as paid: { $sum }</b>
decision-review-credit = 💵 <b>Credit what came: { $sum }</b>
decision-suspense-credit = 💵 <b>Credit money without an owner: { $sum }</b>
decision-bill-refund = ↩️ <b>Refund a bill: { $sum }</b>
decision-bill-paid = 🧾 <b>Call a bill paid: { $sum }</b>
decision-bill-unpaid = 🧾 <b>Call a bill not paid: { $sum }</b>
decision-about-order = Top-up № <code>{ $id }</code>
decision-about-bill = Bill № <code>{ $id }</code>
decision-about-suspense = Money without an owner № <code>{ $id }</code>
decision-own = ⚠️ This is your own account: the owners get an alarm about it.
decision-needs-second = 👥 Another owner has to agree as well.
decision-changed = ⚠️ The balance has changed meanwhile. These are the figures now.
decision-same = ⚠️ The same was done a short while ago: { $at }, by { $name }. Is it meant once more?
decision-toast-changed = ⚠️ The balance has changed: please look again.
decision-no-second = ⚠️ A sum like this, or so much within a day, needs a second owner's tap, and there is no second owner. Add one to ADMIN_IDS, or raise ADMIN_DUAL_CONTROL_ABOVE.
decision-second-title = 👥 <b>Your agreement is needed</b>
decision-check = It happens only when you agree. Ask them if you are not sure.
decision-asked-by = Asked by: { $name }, { $at }
decision-alone = Decided by them alone within 24 hours: { $sum }, for { $people } people
decision-agreed-by = Agreed: { $name }
decision-refused-by = Refused: { $name }
decision-pending = ⏳ Waits for another owner, for 24 hours at most. Nothing has changed yet.
decision-refused = ❌ Refused, nothing has changed.
decision-expired = ⌛ Nobody answered in time, nothing has changed.
decision-list-title = 👥 <b>Waiting for a second person</b>
decision-list-none = Nothing waits for a second person.
decision-toast-insufficient = ⚠️ There is not enough on the balance.
button-decision-agree = ✅ I agree
button-decision-refuse = ❌ Refuse
button-decision-withdraw = ❌ Withdraw
alarm-own-credit =
    🚨 <b>Money on one's own balance</b>
    { $who } · { $sum }
    Reason: { $reason }
own-credit-ask = Ask them whether this is right.
own-credit-yours = It was you: this is told to all owners.

# People
people-menu = 👥 People
people-usage =
    👥 <b>Find somebody</b>
    <code>/user 123456789</code>, <code>/user @name</code>, <code>/user +998901234567</code> or <code>/user Aziz</code>, a part of a name in any alphabet
people-ask-who = Or just send a name, an id or a phone now, or a part of one.
people-none = Nobody like that has written to the bot.
people-found = 👥 <b>Found:</b>
people-found-more = There are more: please write a little more of the name.
people-button-before = ◀️ Back
people-button-after = More ▶️
people-role-viewer = 🗂 Staff: viewer
people-role-operator = 🗂 Staff: operator
people-role-owner = 🗂 Staff: owner
people-phone = 📞 { $phone }
people-payments = Last payments and bills:
people-no-payments = No payments.
people-button-credit = ➕ Credit
people-button-debit = ➖ Debit
people-button-message = ✉️ Message
people-button-send = ✉️ Send
people-button-history = 📋 What the staff did
people-toast-private = Please do this in the private chat with the bot.
people-toast-staff = Only an owner can block somebody of the staff.
people-doubtful-sum = 🤔 Where does the sum end? Choose what you meant, or write it again.
people-doubtful-name = ⚠️ That name or number may be somebody else's by now. Choose by the id:
people-doubtful-part = 🤔 Whom do you mean? Choose, or write a little more of it:
people-doubtful-person = 👤 { $name } · <code>{ $id }</code>. On Telegram now: { $now }
people-name-none = no name
people-name-unknown = no answer
people-ask-hint = Send it as a message.
people-ask-credit = ➕ <b>How much should be credited?</b> In so'm, for example <code>50 000</code>.
people-ask-debit = ➖ <b>How much should be debited?</b> In so'm, for example <code>50 000</code>.
people-ask-reason = ✍️ { $sum }: what is the reason? The user will read it.
people-ask-block = 🚫 Why should this person be blocked? The reason is kept for the staff.
people-block-balance = 💰 On the balance: <b>{ $available }</b>, on hold: { $held }. It stays there, and can't be used while the person is blocked.
people-ask-unblock = 🔓 Why should this person be let in again? The reason is kept for the staff.
people-ask-message = ✉️ What should be written to this person?
people-bad-reason = ⚠️ A reason has 1 to 300 characters of text. Please send it again.
people-bad-message = ⚠️ A message is text of at most { $max } characters. Please send it again.
people-message-preview = ✉️ To { $name } · <code>{ $id }</code>, like this:
people-message-heading = ✉️ <b>A message from our staff</b>
people-message-sent = ✅ The message is on its way.
people-history-title = 📋 <b>What the staff did</b>: { $name } · <code>{ $id }</code>
people-history-none = Nothing yet.
people-audit-block = 🚫 Blocked
people-audit-unblock = 🔓 Unblocked
people-audit-message = ✉️ Message
people-thanks-phone = ✅ Thank you, we have noted your number.

# Today's figures
figures-title = 📊 <b>Today</b>, { $date }
figures-credited = 💰 Credited: <b>{ $sum }</b> ({ $count })
figures-bills = 🧾 Bills from balances: <b>{ $sum }</b> ({ $count })
figures-fees = Fees: { $sum }
figures-users = 👛 On users' balances: <b>{ $sum }</b>
figures-reviews = 🔎 To decide: { $reviews } under review, { $suspense } without an owner
figures-unclear-bills = ❓ Unclear bills: { $unknown } being asked about, { $stuck } waiting for a decision
figures-pending = 👥 Waiting for a second person: { $count }
figures-providers = 🏦 { $states }
