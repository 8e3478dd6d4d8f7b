# Тил
language-name = 🇺🇿 Ўзбекча
language-choose = 🇺🇿 Тилни танланг
language-chosen = ✅ Тил танланди: { $language }
bot-description = Балансни карта, Click ёки Payme орқали тез ва ишончли тўлдириш.

# Умумий
money = { $amount }{ "\u00A0" }сўм
blocked = 🚫 Сиз учун хизмат тўхтатилган. Саволингиз бўлса, қўллаб-қувватлаш хизматига мурожаат қилинг.
apology = 😔 Кечирасиз, кутилмаган хатолик юз берди. Илтимос, бироздан кейин қайта уриниб кўринг. Пулингиз хавфсиз.
unknown-command = 🤔 Бундай буйруқ йўқ. Қуйидаги менюдан фойдаланинг.
unknown-text = 🤔 Тушунмадим. Керакли бўлимни қуйидаги менюдан танланг.
cancel-left = Бекор қилинди. Бош менюдасиз.
cancel-nothing = Ҳозир бекор қилинадиган нарса йўқ. Бош менюдасиз.

# Бош меню
menu-topup = 💰 Баланс тўлдириш
menu-cabinet = 👤 Шахсий кабинет
menu-history = 📜 Тўловлар тарихи
menu-language = 🌐 Тил
menu-help = ❓ Ёрдам
welcome-title = Ассалому алайкум, <b>{ $name }</b>!
welcome-hint = Керакли бўлимни қуйидаги менюдан танланг 👇
cabinet-title = 👤 <b>Шахсий кабинет</b>
cabinet-person = { $name } · ID: <code>{ $id }</code>
balance-available = 💰 Баланс: <b>{ $sum }</b>
balance-held = 🔒 Банд қилинган: { $sum }
help =
    ❓ <b>Ёрдам</b>

    <b>Балансни қандай тўлдираман?</b>
    1. « 💰 Баланс тўлдириш » тугмасини босинг.
    2. Тўлов усули ва суммани танланг.
    3. Кўрсатилган суммани айнан ўша миқдорда тўланг.
    Пул келиши билан балансингиз автоматик тўлдирилади ва сизга хабар келади.

    <b>Тўладим, лекин пул тушмади?</b>
    Буюртмани очинг ва « ✅ Тўловни текшириш » тугмасини босинг. Тўлов кечикиб келса ҳам, балансга ўтказилади. Бошқа сумма ўтказган бўлсангиз, тўловни ходимимиз кўриб чиқади.

    <b>Буйруқлар</b>
    /topup — балансни тўлдириш
    /balance — баланс
    /history — тўловлар тарихи
    /language — тилни ўзгартириш
    /cancel — бошланган амални бекор қилиш

# Тугмалар
button-menu = 🏠 Бош меню
button-back = ⬅️ Орқага
button-other-way = 🔁 Бошқа усул
button-pay = 💳 Тўлаш
button-check = ✅ Тўловни текшириш
button-cancel-order = ❌ Бекор қилиш
button-cancel-yes = ❌ Ҳа, бекор қилинсин
button-cancel-no = ⬅️ Йўқ, орқага
button-copy-sum = 📋 Суммани нусхалаш
button-copy-card = 📋 Картани нусхалаш
button-refresh = 🔄 Янгилаш
button-receipt = 🧾 Чек
button-newer = ◀️ Янгироқ
button-older = Эскироқ ▶️
button-confirm = ✅ Тасдиқлаш
button-drop = ❌ Бекор қилиш
button-block = 🚫 Блоклаш
button-unblock = 🔓 Блокдан чиқариш
button-to-user = 👤 Фойдаланувчи
button-owner-details = 🔎 Батафсил
button-owner-check = 🔄 Ҳозир текшириш
button-owner-ask_approve = ✅ Тўланган деб тасдиқлаш
button-owner-approve = ✅ Ҳа, тўланган
button-owner-ask_credit = ✅ Балансга ўтказиш
button-owner-credit = ✅ Ҳа, ўтказилсин
button-owner-ask_refuse = ❌ Рад этиш
button-owner-refuse = ❌ Ҳа, рад этилсин

# Баланс тўлдириш
providers-title = 💰 <b>Балансни тўлдириш</b>
    Тўлов усулини танланг:
providers-none = 😔 Ҳозир тўлов усуллари мавжуд эмас. Илтимос, кейинроқ уриниб кўринг.
providers-line = • <b>{ $title }</b> — { $how }, { $min }дан { $max }гача
providers-how-page = Click ёки Payme
providers-how-transfer = картага ўтказма
providers-paused = ⏸ вақтинча тўхтатилган
providers-troubled = ⚠️ ҳозир узилишлар бўлиши мумкин
sum-title = 💰 <b>{ $title }</b>: қанча суммага тўлдирасиз?
sum-limits = Энг ками { $min }, энг кўпи { $max }.
sum-hint = Тугмани босинг ёки суммани ёзиб юборинг, масалан: <code>50 000</code> ёки <code>50 минг</code>.
sum-not-understood = 🤔 Суммани тушунмадим. Фақат рақам билан ёзинг.
sum-out-of-limits = ⚠️ Бу сумма рухсат этилган чегарадан ташқарида.
method-title = 💰 <b>{ $title }</b>: { $sum }
    Қайси илова орқали тўлайсиз?
method-any = 🌐 Саҳифада танлайман
topup-preparing = ⏳ Тўлов тайёрланмоқда, бироз кутинг…
topup-too-many = ⚠️ Сизда очиқ тўловлар жуда кўп. Аввал улардан бирини тўланг ёки бекор қилинг.
topup-live = ℹ️ Сизда бу усулда очиқ тўлов бор. Аввал уни тўланг ёки бекор қилинг.
topup-live-other = ℹ️ Сизда бу усулда { $sum }лик очиқ тўлов бор. Бошқа сумма керак бўлса, аввал уни бекор қилинг.
topup-paused = ⏸ Бу усул вақтинча тўхтатилган. Илтимос, бошқа усулни танланг.
topup-absent = ⏸ Бу усул энди мавжуд эмас. Илтимос, бошқа усулни танланг.
topup-busy = ⚠️ Шу сумма атрофидаги барча суммалар ҳозир банд. Бошқа сумма киритинг ёки бироздан кейин уриниб кўринг.

# Буюртма
order-title = { $icon } <b>Тўлов № { $id }</b> · { $provider }
order-exact-sum = 💰 Аниқ сумма: <b>{ $sum }</b> (<code>{ $plain }</code>)
order-sum = 💰 Сумма: <b>{ $sum }</b>
order-card = 💳 Карта: <code>{ $card }</code>
order-holder = 👤 Карта эгаси: { $holder }
order-method = 📱 Усул: { $method }
order-deadline = ⏰ Тўлаш муддати: соат <b>{ $time }</b> гача (Тошкент вақти)
order-how-page = « 💳 Тўлаш » тугмасини босиб тўланг. Пул келиши билан балансингиз автоматик тўлдирилади.
order-how-transfer = Исталган банк иловаси орқали шу картага пул ўтказинг. Пул келиши билан балансингиз автоматик тўлдирилади.
order-exact-warning = ⚠️ <b>Айнан шу суммани ўтказинг.</b> Бошқа сумма автоматик топилмайди.
order-state = Ҳолати: <b>{ $state }</b>
order-received = 💵 Келган сумма: <b>{ $sum }</b>
order-date = 📅 { $date }
order-after-paid = Пул балансингизга тушди. Раҳмат!
order-after-expired = Энди бу тўлов учун пул ўтказманг. Агар ўтказиб бўлган бўлсангиз, хавотир олманг: пул келса, балансингизга автоматик тушади.
order-after-cancelled = Бу тўлов учун пул ўтказманг. Агар ўтказиб бўлган бўлсангиз, хавотир олманг: пул келса, балансингизга автоматик тушади.
order-after-failed = Тўлов амалга ошмади. Қайтадан ёки бошқа усул билан уриниб кўринг.
order-after-review = Келган сумма кутилган суммадан фарқ қилади. Тўловни ходимимиз кўриб чиқмоқда, натижасини хабар қиламиз.
order-after-refused = Тўлов балансга ўтказилмади. Саволингиз бўлса, қўллаб-қувватлаш хизматига мурожаат қилинг.
order-cancel-question = { $sum }лик тўлов ростдан ҳам бекор қилинсинми?

    ⚠️ Агар пулни аллақачон ўтказган бўлсангиз, бекор қилманг ва бироз кутинг.
state-creating = тайёрланмоқда
state-waiting = кутилмоқда
state-paid = тўланган
state-expired = муддати ўтган
state-cancelled = бекор қилинди
state-failed = амалга ошмади
state-review = текширилмоқда
state-refused = рад этилди

# Тарих
history-title = 📜 <b>Тўловлар тарихи</b>
history-empty = Ҳали тўловлар йўқ. Биринчисини ҳозир қилишингиз мумкин.
history-hint = Батафсил кўриш учун тўловни танланг.

# Қисқа жавоблар
toast-old = Бу тугма эскирган. Бош менюдан қайта бошланг.
toast-too-soon = ⏳ Ҳозиргина текширилди. Бир неча сониядан кейин қайта босинг.
toast-still-waiting = ⏳ Тўлов ҳали келмади. Келиши билан хабар берамиз.
toast-paid = ✅ Тўлов қабул қилинди!
toast-review = 🔎 Тўловни ходимимиз кўриб чиқмоқда.
toast-over = Бу тўлов якунланган.
toast-no-answer = ⚠️ Тўлов тизими ҳозир жавоб бермаяпти. Текширишда давом этамиз, хавотир олманг.
toast-cancelled = ❌ Тўлов бекор қилинди.
toast-owner-checked = Текширилди.
toast-owner-done = ✅ Бажарилди.
toast-owner-decided = Бу бўйича қарор аввал қабул қилинган.
toast-owner-not-blocked = Эгани блоклаб бўлмайди.

# Буйруқлар рўйхати
command-start = Бош меню
command-topup = Балансни тўлдириш
command-balance = Баланс
command-history = Тўловлар тарихи
command-language = Тилни ўзгартириш
command-help = Ёрдам
command-cancel = Бошланган амални бекор қилиш
owner-command-user = Фойдаланувчи: ID ёки @ном
owner-command-credit = Балансга қўшиш: фойдаланувчи сумма сабаб
owner-command-debit = Балансдан ечиш: фойдаланувчи сумма сабаб
owner-command-orders = Очиқ тўловлар
owner-command-order = Тўлов: ID

# Тўлов тизимидаги муаммолар: фойдаланувчига
problem-wrong_keys = 😔 Бу усул ҳозир ишламаяпти. Бошқа усулни танланг. Сиздан пул ечилмади.
problem-shop_inactive = 😔 Бу усул ҳозир ишламаяпти. Бошқа усулни танланг. Сиздан пул ечилмади.
problem-monthly_fee_unpaid = 😔 Бу усул ҳозир ишламаяпти. Бошқа усулни танланг. Сиздан пул ечилмади.
problem-account_not_linked = 😔 Бу усул ҳозир ишламаяпти. Бошқа усулни танланг. Сиздан пул ечилмади.
problem-card_not_linked = 😔 Бу усул ҳозир ишламаяпти. Бошқа усулни танланг. Сиздан пул ечилмади.
problem-subscription_ended = 😔 Бу усул ҳозир ишламаяпти. Бошқа усулни танланг. Сиздан пул ечилмади.
problem-ip_not_whitelisted = 😔 Бу усул ҳозир ишламаяпти. Бошқа усулни танланг. Сиздан пул ечилмади.
problem-callback_not_whitelisted = 😔 Бу усул ҳозир ишламаяпти. Бошқа усулни танланг. Сиздан пул ечилмади.
problem-website_not_whitelisted = 😔 Бу усул ҳозир ишламаяпти. Бошқа усулни танланг. Сиздан пул ечилмади.
problem-amount_too_low = ⚠️ Бу усул учун сумма жуда кичик. Каттароқ сумма билан уриниб кўринг. Сиздан пул ечилмади.
problem-amount_too_high = ⚠️ Бу усул учун сумма жуда катта. Кичикроқ сумма ёки бошқа усулни танланг. Сиздан пул ечилмади.
problem-missing_parameters = 😔 Тўловни очиб бўлмади. Бошқа усулни танланг. Сиздан пул ечилмади.
problem-order_code_taken = 😔 Тўловни очиб бўлмади. Қайта уриниб кўринг. Сиздан пул ечилмади.
problem-unknown_order = 😔 Тўлов тизими бу тўловни топа олмади. Қайта уриниб кўринг. Сиздан пул ечилмади.
problem-rate_limited = ⏳ Тўлов тизими ҳозир банд. Бир неча дақиқадан кейин уриниб кўринг ёки бошқа усулни танланг. Сиздан пул ечилмади.
problem-maintenance = 🛠 Тўлов тизимида техник ишлар олиб борилмоқда. Бошқа усулни танланг ёки кейинроқ уриниб кўринг. Сиздан пул ечилмади.
problem-server_error = 😔 Тўлов тизимида носозлик. Бошқа усулни танланг ёки кейинроқ уриниб кўринг. Сиздан пул ечилмади.
problem-bad_answer = 😔 Тўлов тизимида носозлик. Бошқа усулни танланг ёки кейинроқ уриниб кўринг. Сиздан пул ечилмади.
problem-timeout = 😔 Тўлов тизими жавоб бермади. Қайта уриниб кўринг ёки бошқа усулни танланг. Сиздан пул ечилмади.
problem-network = 😔 Тўлов тизими билан алоқа йўқ. Қайта уриниб кўринг ёки бошқа усулни танланг. Сиздан пул ечилмади.
problem-budget_spent = ⏳ Бу усулда ҳозир сўровлар кўп. Бир неча дақиқадан кейин уриниб кўринг ёки бошқа усулни танланг. Сиздан пул ечилмади.
problem-refused = 😔 Тўлов тизими тўловни очмади. Бошқа усулни танланг. Сиздан пул ечилмади.
problem-unreadable_payment = 🔎 Тўлов тизими тўлов келганини билдирди, лекин суммаси аниқланмади. Ходимимиз текшириб, сизга хабар беради.

# Фойдаланувчига хабарлар
message-paid = ✅ <b>{ $sum }</b> балансингизга тушди! (№ { $id })
message-paid-late = Тўлов муддатидан кейин келди, лекин қабул қилинди.
message-bill-paid = ✅ Тўланди: <b>{ $sum }</b> — { $service } (№ { $id })
message-balance = 💰 Балансингиз: <b>{ $sum }</b>
message-review = 🔎 № { $id } тўлов бўйича <b>{ $paid }</b> келди, кутилган сумма эса { $sum } эди. Ходимимиз кўриб чиқади ва сизга хабар берамиз.
message-refused = ❌ № { $id } тўлов бўйича келган { $paid } балансга ўтказилмади. Пулни қайтариш бўйича қўллаб-қувватлаш хизматига мурожаат қилинг.
message-interrupted = 😔 № { $id } тўловни ({ $provider }) очиб бўлмади. Сиздан пул ечилмади. Илтимос, қайта уриниб кўринг.
message-credited = ➕ Балансингизга <b>{ $sum }</b> қўшилди.
message-debited = ➖ Балансингиздан <b>{ $sum }</b> ечилди.
message-reason = Сабаб: { $reason }

# Эгалар учун
owner-usage-credit = Фойдаланиш: <code>/credit 123456789 50000 сабаб</code>
    Фойдаланувчи — ID ёки @ном, сумма сўмда, сабаб мажбурий.
owner-usage-debit = Фойдаланиш: <code>/debit 123456789 50000 сабаб</code>
    Фойдаланувчи — ID ёки @ном, сумма сўмда, сабаб мажбурий.
owner-usage-order = Фойдаланиш: <code>/order ID</code>
owner-no-user = Бундай фойдаланувчи топилмади. У аввал ботга ёзган бўлиши керак.
owner-no-order = Бундай тўлов топилмади.
owner-user-title = 👤 <b>{ $name }</b> · <code>{ $id }</code>
owner-user-balance = 💰 Баланс: <b>{ $available }</b>, банд қилинган: { $held }
owner-user-language = 🌐 Тил: { $language }
owner-user-dates = 📅 Биринчи марта: { $created }, охирги марта: { $seen }
owner-user-blocked = 🚫 Блокланган: { $at }
owner-user-unreachable = 🔕 Ботни ўзи блоклаган
owner-money-credit = ➕ <b>Балансга қўшиш: { $sum }</b>
owner-money-debit = ➖ <b>Балансдан ечиш: { $sum }</b>
owner-money-user = 👤 { $name } · <code>{ $id }</code>
owner-money-reason = Сабаб: { $reason }
owner-money-figures = Баланс: { $before } → <b>{ $after }</b>
owner-money-sure = Тасдиқлайсизми?
owner-money-done = ✅ Бажарилди.
owner-money-dropped = ❌ Бекор қилинди, ҳеч нарса ўзгармади.
owner-money-too-much = ⚠️ Ечиб бўлмайди: балансда { $available }, сўралган сумма { $sum }.
owner-orders-none = Очиқ тўловлар йўқ.
owner-orders-title = ⏳ <b>Очиқ тўловлар: { $count }</b>
owner-order-sums = Сўралган: { $base }, тўланиши керак: <b>{ $amount }</b>, келган: <b>{ $paid }</b>
owner-order-dates = 📅 Очилган: { $created }, муддати: { $expires }
owner-order-provider-order = Тўлов тизимидаги ID: <code>{ $id }</code>
owner-order-reason = Сабаб: <code>{ $reason }</code>
owner-order-problem = Охирги муаммо: <code>{ $problem }</code>
owner-order-checks = Текширувлар: { $count }, охиргиси: { $last }
owner-order-history = <b>Тарих</b>
owner-order-history-line = { $date } · { $to } · { $cause }
owner-order-events = <b>Тўлов тизими хабарлари</b>
owner-ask-approve = Тўлов тизими бу тўловни тасдиқламаган. <b>{ $sum }</b> келганига ишончингиз комилми? Сумма балансга ўтказилади.
owner-ask-credit = Келган <b>{ $paid }</b> фойдаланувчи балансига ўтказилсинми? Кутилган сумма: { $sum }.
owner-ask-refuse = Келган <b>{ $paid }</b> рад этилсинми? Пул балансга тушмайди, уни ўзингиз қайтаришингиз керак. Кутилган сумма: { $sum }.
owner-review =
    🔎 <b>Бошқа сумма келди</b>
    № { $id } · { $provider } · { $date }
    Кутилган: { $sum }
    Келган: <b>{ $paid }</b>

# Эгалар учун огоҳлантиришлар
alarm-provider = 🚨 <b>{ $provider }</b>
alarm-times = Охирги хабардан бери { $times } марта.
alarm-unreadable-payment = 🚨 <b>{ $provider }</b>: № { $id } тўланган дейилган, лекин суммаси ўқилмади. Тўлов тизими кабинетидан текшириб, қарор қилинг.
alarm-books-broken = 🚨 <b>Ҳисоб-китобда номувофиқлик топилди.</b> Сабаби аниқланмагунча қўлда амал бажарманг.
alarm-program-error = 🚨 Дастурда хатолик: <code>{ $where }</code>. Журнални кўринг.
alarm-problem-wrong_keys = Калитлар нотўғри. Созламалардаги дўкон ID ва калитини текширинг.
alarm-problem-shop_inactive = Дўкон фаол эмас. Кабинетда уни фаоллаштиринг ёки қўллаб-қувватлашга ёзинг.
alarm-problem-monthly_fee_unpaid = Ойлик тўлов қилинмаган. Тўлов тизими кабинетида тўланг.
alarm-problem-account_not_linked = Дўконга ҳисоб уланмаган. Кабинетда ҳисобни уланг.
alarm-problem-card_not_linked = Карта уланмаган. Кабинетда картани уланг ва созламалардаги карта билан солиштиринг.
alarm-problem-subscription_ended = Обуна тугаган ёки лимит сарфланган. Кабинетда обунани узайтиринг.
alarm-problem-ip_not_whitelisted = Сервер IP манзили рухсат этилмаган. Уни кабинетда рўйхатга қўшинг.
alarm-problem-callback_not_whitelisted = Билдиришнома домени рўйхатдан ўтмаган. PUBLIC_URL доменини кабинетда қўшинг.
alarm-problem-website_not_whitelisted = Сайт домени рўйхатдан ўтмаган. Уни кабинетда қўшинг.
alarm-problem-amount_too_low = Тўлов тизими суммани жуда кичик деб рад этди. TOPUP_MIN қийматини оширинг.
alarm-problem-amount_too_high = Тўлов тизими суммани жуда катта деб рад этди. TOPUP_MAX қийматини камайтиринг ёки тарифни оширинг.
alarm-problem-missing_parameters = Тўлов тизими сўровда майдон етишмайди дейди. Унинг ҳужжати ўзгарган бўлиши мумкин, дастурни янгиланг.
alarm-problem-order_code_taken = Буюртма коди банд дейилмоқда. Такрорланса, шу дўкон бошқа дастурда ҳам ишлатилмаётганини текширинг.
alarm-problem-unknown_order = Тўлов тизими буюртмани танимаяпти. Дўкон ID тўғрилигини текширинг.
alarm-problem-rate_limited = Сўровлар чегарасидан ошилди. Сўровлар секинлаштирилди, такрорланса, тарифни кўриб чиқинг.
alarm-problem-maintenance = Тўлов тизимида техник ишлар. Тугашини кутинг ёки усулни вақтинча ўчиринг.
alarm-problem-server_error = Тўлов тизими серверида хатолик. Давом этса, уларнинг қўллаб-қувватлашига ёзинг.
alarm-problem-bad_answer = Тўлов тизими тушунарсиз жавоб қайтарди. Манзил созламасини текширинг; давом этса, уларга ёзинг.
alarm-problem-timeout = Тўлов тизими ўз вақтида жавоб бермаяпти. Давом этса, уларнинг қўллаб-қувватлашига ёзинг.
alarm-problem-network = Тўлов тизимига уланиб бўлмаяпти. Сервер интернетини ва манзил созламасини текширинг.
alarm-problem-budget_spent = Соатлик сўровлар тугади. Текширувлар кечикади; вебхукларни ёқинг ёки лимитни оширишни сўранг.
alarm-problem-refused = Тўлов тизими сўровни рад этди. Қуйидаги жавобни ўқиб, кабинетни текширинг.
alarm-problem-unreadable_payment = Тўлов тизими тўланди дейди, лекин суммани ўқиб бўлмади. Уни кабинетдан текшириб, тўлов бўйича қарор қилинг.

# Бош меню: тўловлар
menu-pay = 🧾 Коммунал тўловлар
command-pay = Коммунал ва бошқа тўловлар
command-cards = Менинг карталарим
help-pay =
    /pay — коммунал тўловлар
    /cards — карталарим

# Тўлов тугмалари
button-bills = 📜 Тўловларим
button-cards = 💳 Карталарим
button-saved-list = ⭐ Сақланганлар: { $count }
button-stop = ❌ Бекор қилиш
button-next = ✅ Ҳа, давом этиш
button-keep = ➡️ { $value } қолсин
button-skip = ⏭ Ўтказиб юбориш
button-show-all = 📋 Ҳаммаси
button-debt = Қарз: { $sum }
button-from-balance = 💰 Баланс: { $sum }
button-card-link = ➕ Карта улаш
button-card-remove = 🗑 Ўчириш •{ $mask }
button-remove-yes = 🗑 Ҳа, ўчирилсин
button-topup-missing = 💰 { $sum } тўлдириш
button-pay-continue = ▶️ Тўловни давом эттириш
button-pay-now = ✅ { $sum } тўлаш
button-pay-repeat = 🔁 Ҳа, яна тўлансин
button-pay-again = 🧾 Коммунал тўловлар
button-to-pay = 🧾 Коммунал тўловлар
button-other-sum = ✏️ Бошқа сумма
button-other-source = 💳 Бошқа усул
button-save-account = ⭐ Сақлаш
button-repeat = 🔁 Такрорлаш
button-new-code = 🔢 Янги код
button-cancel-bill = ❌ Тўловни бекор қилиш

# Қисқа жавоблар: тўловлар
toast-service-paused = ⏸ Бу хизматга ҳозирча тўлаб бўлмайди. Кейинроқ уриниб кўринг.

# Етмаган суммани тўлдириш
providers-for =
    💰 <b>{ $sum } тўлдириш</b>
    Тўлов усулини танланг. Пул тушгач, « ▶️ Тўловни давом эттириш » тугмасини босинг.

# Коммунал тўловлар
pay-title = 🧾 <b>Коммунал тўловлар</b>
pay-hint = Бўлимни танланг ёки хизмат номини ёзинг.
pay-hint-saved = Сақланган ҳисобни ёки бўлимни танланг, ёхуд хизмат номини ёзинг.
pay-hint-search = Хизматни танланг ёки номини ёзинг.
pay-stale = ⚠️ Тўлов хизмати ҳозир жавоб бермаяпти, рўйхат эскирган бўлиши мумкин.
pay-category = 📂 <b>{ $name }</b>
pay-category-other = Бошқалар
pay-search = 🔎 « { $query } » бўйича топилди:
pay-search-none = 🔎 « { $query } » бўйича ҳеч нарса топилмади. Бошқа сўз билан уриниб кўринг.
pay-unavailable = 😔 Бу хизматга ҳозирча тўлаб бўлмайди. Кейинроқ уриниб кўринг.
pay-stopped = Бекор қилинди. Ҳеч нарса тўланмади.
pay-service = 🧾 <b>{ $name }</b>
pay-line = { $label }: <b>{ $value }</b>
pay-choose = 👇 Танланг: <b>{ $label }</b>
pay-enter = ✍️ Киритинг: <b>{ $label }</b>
pay-hint-options = Рўйхат узун: номининг бир қисмини ёзишингиз мумкин.
pay-hint-digits = Фақат рақамлар, бошидаги ноллари билан.
pay-no-options = 😔 Ҳозир бу ерда танлаш учун ҳеч нарса йўқ. Орқага қайтиб, бошқа жавобни танланг.
pay-bad-digits = ⚠️ Бу ерга фақат рақам ёзилади. Текшириб, қайтадан ёзинг.
pay-bad-length = ⚠️ Жуда узун: кўпи билан { $max } та белги. Текшириб, қайтадан ёзинг.
pay-bad-pattern = ⚠️ Бу хизмат учун мос эмас. Текшириб, қайтадан ёзинг.
pay-bad-empty = ⚠️ Ҳеч нарса киритилмади. Қайтадан ёзинг.
pay-form-changed = ℹ️ Хизмат сўрайдиган маълумотлар ўзгарди. Илтимос, буни қайтадан тўлдиринг.
pay-info-check = Ҳисоб тўғрими?
pay-debt = ❗ Қарз: <b>{ $sum }</b>
pay-sum-title = 💰 <b>Қанча тўлайсиз?</b>
pay-source-title = 💳 <b>Қаердан тўлайсиз?</b>
pay-balance-fee = Балансдан тўлашда хизмат ҳақи: { $fee }
pay-card-gone = ⚠️ Бу карта энди уланмаган. Бошқа усулни танланг.
pay-short =
    ⚠️ <b>Балансда маблағ етарли эмас.</b>
    Тўлаш керак: { $total }
    Балансда: { $available }
    Етмаяпти: <b>{ $missing }</b>
pay-confirm-title = ❓ <b>Текширинг ва тасдиқланг</b>
pay-confirm-code = 📱 Карта эгасининг телефонига СМС орқали код келади.
pay-cannot-be-undone = ‼️ <b>Бу тўловни бекор қилиб бўлмайди. Ҳисоб ва суммани яхшилаб текширинг.</b>
pay-line-sum = 💰 Сумма: <b>{ $sum }</b>
pay-line-fee = Хизмат ҳақи: { $fee }
pay-line-total = Жами: <b>{ $total }</b>
pay-from-balance = Қаердан: баланс
pay-from-card = Қаердан: карта { $mask }
pay-repeated = ⚠️ Сиз соат { $time } да худди шу ҳисобга { $sum } тўлов қилгансиз. <b>Яна бир марта</b> тўлансинми?
pay-too-many = ⚠️ Тугалланмаган тўловларингиз кўп. Аввал улардан бирини якунланг.
pay-unavailable-paused = ⏸ Балансдан тўлаш вақтинча тўхтатилган. Картадан тўлашингиз мумкин. Ҳеч нарса ечилмади.
pay-unavailable-no_operator_card = ⏸ Балансдан тўлаб бўлмайди. Картадан тўлашингиз мумкин. Ҳеч нарса ечилмади.
pay-unavailable-service = ⏸ Бу хизматга ҳозирча тўлаб бўлмайди. Кейинроқ уриниб кўринг. Ҳеч нарса ечилмади.
pay-unavailable-provider = 😔 Тўлов хизмати ҳозир жавоб бермаяпти. Кейинроқ уриниб кўринг. Ҳеч нарса ечилмади.
pay-unavailable-busy = ⏳ Ҳозир тўловлар жуда кўп. Бир дақиқадан кейин уриниб кўринг. Ҳеч нарса ечилмади.
pay-working = ⏳ Тўлов бажарилмоқда, бир дақиқа… Қайтадан тўламанг.
pay-asking = ⏳ Код сўралмоқда, бир дақиқа…
pay-code = 🔢 СМС орқали келган кодни ёзинг (4–8 та рақам). Хабарингиз дарҳол ўчирилади.
pay-code-phone = 🔢 { $phone } рақамига СМС орқали келган кодни ёзинг (4–8 та рақам). Хабарингиз дарҳол ўчирилади.
pay-code-bad = ⚠️ Код 4–8 та рақамдан иборат. Қайтадан ёзинг.
pay-code-wrong = ❌ Код нотўғри. Қолган уринишлар: { $left }.
pay-code-expired = ⌛ Коднинг муддати тугади. Ҳеч нарса ечилмади.
pay-code-tries = ❌ Код кўп марта нотўғри киритилди. Ҳеч нарса ечилмади.
pay-code-no-more = ⚠️ Бу тўлов учун бошқа код юбориб бўлмайди. Уни бекор қилиб, қайтадан бошланг. Ҳеч нарса ечилмади.
pay-code-new = ✅ Янги код юборилди.
pay-code-not-new = ⚠️ Янги код юбориб бўлмади.
pay-code-new-needed = Бошқа код олиш учун « 🔢 Янги код » тугмасини босинг ёки тўловни бекор қилинг.
pay-code-not-sent = Код ишлатилмади: худди шу кодни қайта киритишингиз мумкин.
pay-save-name = ⭐ <b>{ $name }</b> ҳисоби учун ном ёзинг, масалан « Уй » ёки « Ота-онам ».
pay-save-bad-name = ⚠️ Ном 1 тадан { $max } тагача белгидан иборат бўлсин. Бошқа ном ёзинг.
pay-saved = ⭐ Сақланди. Кейинги сафар рўйхат бошида туради.
pay-saved-too-many = ⚠️ Сақланган ҳисобларингиз жуда кўп. Аввал бирини ўчиринг.
pay-saved-title = ⭐ <b>Сақланган ҳисоблар</b>
pay-saved-none = ⭐ Сақланган ҳисоблар ҳали йўқ. Тўловдан кейин сақлаб қўйишингиз мумкин.
pay-saved-remove = « { $name } » сақланган ҳисоблардан ўчирилсинми?

# Битта тўлов
bill-title = { $icon } <b>Тўлов № { $id }</b>
bill-state = Ҳолати: <b>{ $state }</b>
bill-state-working = тўланмоқда
bill-state-code = код кутилмоқда
bill-state-clarifying = аниқланмоқда
bill-state-paid = тўланган
bill-state-failed = тўланмади
bill-state-refunded = пул қайтарилган
bill-ref = Чек: <code>{ $ref }</code>
bill-after-paid = Раҳмат! Тўлов амалга оширилди.
bill-after-working = ⏳ Тўлов бажарилмоқда. Натижасини хабар қиламиз. Қайтадан тўламанг.
bill-after-clarifying = 🔎 Тўлов хизмати ҳали аниқ жавоб бермади. Пулингиз банд қилинган ва хавфсиз: ё тўлов ўтади, ё пул қайтади. <b>Қайтадан тўламанг</b>, натижасини хабар қиламиз.
bill-after-clarifying-card = 🔎 Тўлов хизмати ҳали аниқ жавоб бермади. <b>Қайтадан тўламанг</b>, аниқлаб, натижасини хабар қиламиз.
bill-after-refunded = ↩️ <b>{ $sum }</b> балансингизга қайтарилди.
bill-money-back = 💰 Тўлов ўтмади, пулнинг ҳаммаси балансингизга қайтди.
bill-not-charged = Ҳеч нарса ечилмади.
bill-hint-waste = ♻️ Аввал чиқинди учун қарзни тўлаш керак кўринади.
bill-cancel-question = Тўлов ростдан ҳам бекор қилинсинми?
bill-list-title = 📜 <b>Тўловларим</b>
bill-list-none = Ҳозирча тўловлар йўқ.
bill-owner-title = 🔎 <b>Тўлов бўйича қарорингиз керак</b>: № { $id }
bill-owner-user = 👤 { $who } · <code>{ $id }</code>
bill-owner-reason = Сабаб: <code>{ $reason }</code>
bill-owner-evidence = <b>Маълумотлар</b>
bill-owner-decide = Тўлов хизмати кабинетидан текшириб, қарор қилинг: тўланган ёки тўланмаган.

# Нега тўланмади
bill-reason-other = 😔 Тўлов ўтмади. Бироздан кейин қайта уриниб кўринг.
bill-reason-no_answer = 😔 Тўлов хизмати жавоб бермади. Бироздан кейин қайта уриниб кўринг.
bill-reason-interrupted = 😔 Тўлов юборилишидан олдин узилиб қолди. Қайта уриниб кўринг.
bill-reason-paused = ⏸ Балансдан тўлаш вақтинча тўхтатилган. Картадан тўлашингиз мумкин.
bill-reason-busy = ⏳ Тўловлар жуда кўп эди. Бир дақиқадан кейин уриниб кўринг.
bill-reason-cancelled = Сиз бу тўловни бекор қилдингиз.
bill-reason-no_code = ⌛ Код ўз вақтида киритилмади.
bill-reason-cancelled_at_paylov = 😔 Тўлов хизмати тўловни бекор қилди.
bill-reason-owner = 🔎 Текширдик: тўлов ўтмаган.
bill-reason-other_amount = 😔 Тўлов ўтмади. Бироздан кейин қайта уриниб кўринг.
bill-reason-unclear = 😔 Тўлов ўтмади. Бироздан кейин қайта уриниб кўринг.

# Ҳисоб ҳақида
bill-info-fio = Ф.И.Ш.
bill-info-address = Манзил
bill-info-saldo = Ҳисоб ҳолати
bill-info-last_paid = Охирги тўлов
bill-info-last_paid_date = Охирги тўлов санаси
bill-info-region = Вилоят
bill-info-soato = Туман
bill-info-customer_code = Ҳисоб рақами
bill-info-pokcob = Ҳисоблагич кўрсаткичи
bill-info-dateob = Кўрсаткич санаси
bill-info-tariff_price = Тариф
bill-info-kwn = Истеъмол
bill-info-time = Вақт

# Карталар
card-list-title = 💳 <b>Карталарим</b>
card-list-none = Ҳали карта уланмаган.
card-line = • <code>{ $mask }</code>
card-link-title = ➕ <b>Карта улаш</b>
card-ask-number = Картанинг 16 та рақамини ёзинг. Хабарингиз дарҳол ўчирилади, рақам ҳеч қаерда сақланмайди.
card-ask-expiry = Амал қилиш муддатини ёзинг: ой ва йил, масалан <code>09/28</code>.
card-ask-code = 🔢 <code>{ $mask }</code> картаси учун СМС орқали келган кодни ёзинг (4–8 та рақам).
card-ask-code-phone = 🔢 <code>{ $mask }</code> картаси учун { $phone } рақамига СМС орқали келган кодни ёзинг (4–8 та рақам).
card-bad-number = ⚠️ Карта рақами 16 та рақамдан иборат. Текшириб, қайтадан ёзинг.
card-bad-expiry = ⚠️ Ой ва йилни ёзинг, масалан <code>09/28</code>.
card-number-again = ⏳ Хавфсизлик учун карта рақами сақланмади. Уни қайтадан ёзинг.
card-linked = ✅ { $mask } картаси уланди.
card-removed = 🗑 { $mask } картаси ўчирилди.
card-remove-question = <code>{ $mask }</code> картаси ўчирилсинми?

# Тўлов ва карта муаммолари: фойдаланувчига
bill-problem-card_not_found = 💳 Карта топилмади. Рақамини текширинг.
bill-problem-card_is_blocked = 💳 Карта блокланган. Бошқа картадан фойдаланинг ёки банкингизга мурожаат қилинг.
bill-problem-card_expired = 💳 Картанинг муддати тугаган. Бошқа картадан фойдаланинг.
bill-problem-sms_not_active = 📱 Бу картада СМС хабарнома ёқилмаган. Уни банкингизда ёқтиринг.
bill-problem-daily_limit_used_for_this_card = 💳 Картанинг бугунги лимити тугаган. Бошқа картадан фойдаланинг ёки эртага уриниб кўринг.
bill-problem-invalid_otp = ❌ Код нотўғри. Текшириб, қайтадан ёзинг.
bill-problem-otp_expired = ⌛ Коднинг муддати тугади. Янги код сўранг.
bill-problem-otp_code_already_sent = 📱 Код аллақачон юборилган. Уни кутинг ёки бир дақиқадан кейин уриниб кўринг.
bill-problem-too_many_attempts = ⏳ Уринишлар жуда кўп бўлди. Бироздан кейин қайта уриниб кўринг.
bill-problem-insufficient_funds = 💳 Картада маблағ етарли эмас.
bill-problem-invalid_amount = ⚠️ Хизмат бу суммани қабул қилмайди. Бошқа суммани киритинг.
bill-problem-transaction_not_found = 😔 Тўлов хизмати бу тўловни топа олмади. Қайтадан бошланг.
bill-problem-transaction_already_payed = ℹ️ Бу тўлов аллақачон амалга оширилган.
bill-problem-already_confirmed = ℹ️ Бу аллақачон тасдиқланган.
bill-problem-transaction_not_available_for_payment = 😔 Бу тўловни давом эттириб бўлмайди. Қайтадан бошланг.
bill-problem-error_at_pay = 😔 Хизмат тўловни қабул қилмади. Бироздан кейин қайта уриниб кўринг.
bill-problem-processing_error = 😔 Банк амални бажара олмади. Бироздан кейин қайта уриниб кўринг.
bill-problem-merchant_not_available = ⏸ Бу хизматга ҳозирча тўлаб бўлмайди. Кейинроқ уриниб кўринг.
bill-problem-validation_error = ⚠️ Маълумотлар мос келмади: бундай ҳисоб топилмади. Киритганларингизни текширинг.
bill-problem-field_required = ⚠️ Айрим маълумотлар етишмаяпти. Ҳаммасини тўлдиринг.
bill-problem-field_not_valid = ⚠️ Маълумотлар мос келмади: бундай ҳисоб топилмади. Киритганларингизни текширинг.
bill-problem-permission_denied = 😔 Тўлов хизмати ҳозирча ишламаяпти. Тузатяпмиз, кейинроқ уриниб кўринг.
bill-problem-ip_not_allowed = 😔 Тўлов хизмати ҳозирча ишламаяпти. Тузатяпмиз, кейинроқ уриниб кўринг.
bill-problem-server_error = 😔 Тўлов хизматида носозлик. Бироздан кейин қайта уриниб кўринг.
bill-problem-gateway_not_working = 😔 Тўлов хизмати ҳозир ишламаяпти. Бироздан кейин қайта уриниб кўринг.
bill-problem-unknown_error = 😔 Тўлов хизматида хатолик юз берди. Бироздан кейин қайта уриниб кўринг.
bill-problem-card_is_already_activated = ℹ️ Бу карта аллақачон уланган.
bill-problem-card_exists = ℹ️ Бу карта аллақачон уланган.
bill-problem-invalid_card = 💳 Карта рақами ёки муддати нотўғри. Текшириб кўринг.
bill-problem-card_is_not_supported = 💳 Бундай картани улаб бўлмайди. Бошқа картадан фойдаланинг.
bill-problem-card_has_no_phone = 📱 Картага телефон рақами уланмаган. Уни банкингизда уланг.
bill-problem-phone_not_match = 📱 Телефон рақами картадагига мос келмади.
bill-problem-wrong_keys = 😔 Тўлов хизмати ҳозирча ишламаяпти. Тузатяпмиз, кейинроқ уриниб кўринг.
bill-problem-rate_limited = ⏳ Тўлов хизмати банд. Бир дақиқадан кейин уриниб кўринг.
bill-problem-timeout = 😔 Тўлов хизмати ўз вақтида жавоб бермади. Бироздан кейин қайта уриниб кўринг.
bill-problem-network = 😔 Тўлов хизматига уланиб бўлмади. Бироздан кейин қайта уриниб кўринг.
bill-problem-bad_answer = 😔 Тўлов хизмати тушунарсиз жавоб берди. Бироздан кейин қайта уриниб кўринг.
bill-problem-bad_form = ⏸ Бу хизматга ҳозирча бот орқали тўлаб бўлмайди.

# Bills, for owners
owner-usage-bill = Фойдаланиш: <code>/bill ID</code>
owner-no-bill = Бундай ҳисоб йўқ.
bill-owner-title-over = 🧾 <b>Ҳисоб</b> № { $id }
bill-owner-state = Ҳолати: <code>{ $state }</code>
bill-owner-ask-paid =
    № { $id } · { $service } · { $sum }
    Paylov уни тўлаганига ишончингиз комилми? Унда банд қилинган пул ечиб олинади.
bill-owner-ask-unpaid =
    № { $id } · { $service } · { $sum }
    Paylov уни тўламаганига ишончингиз комилми? Унда банд қилинган пул фойдаланувчига қайтади.
button-bill-ask-paid = ✅ Тўланган
button-bill-paid = ✅ Ҳа, тўланган
button-bill-ask-unpaid = ❌ Тўланмаган
button-bill-unpaid = ❌ Ҳа, тўланмаган
button-bills-resume = ▶️ Давом эттириш
alarm-bills-paused = 🚨 <b>Ҳисоблар энди балансдан тўланмаяпти</b>: Paylovдаги картангиз тўлай олмаяпти (<code>{ $problem }</code>). Уни тўлдиринг ёки блокдан чиқаринг, сўнг тугмани босинг.
alarm-paylov-problem = 🚨 <b>Paylov</b> бизга рад жавобини беряпти: <code>{ $problem }</code>. Калитлар ва рухсат этилган IP манзилни текширинг ёки уларга ёзинг.
alarm-bills-differ = 🚨 <b>Кечаги ҳисоблар ва Paylov рўйхати мос келмаяпти.</b> Уларни қўлда солиштиринг:
card-too-many = ⚠️ Уланган карталар сони чегарага етган. Аввал улардан бирини ўчиринг: /cards
