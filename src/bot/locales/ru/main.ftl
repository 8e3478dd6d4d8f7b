# Язык
language-name = 🇷🇺 Русский
language-choose = 🇷🇺 Выберите язык
language-chosen = ✅ Выбран язык: { $language }
bot-description = Быстрое и надёжное пополнение баланса переводом на карту, через Click или Payme.

# Общее
money = { $amount }{ "\u00A0" }сум
blocked = 🚫 Доступ для вас закрыт. Если есть вопросы, обратитесь в поддержку.
apology = 😔 Извините, произошла непредвиденная ошибка. Попробуйте ещё раз чуть позже. Ваши деньги в безопасности.
slow-down = ⏳ Слишком быстро: часть нажатий и сообщений я пропустил. Подождите полминуты и попробуйте снова. Начатые платежи идут своим чередом.
unknown-command = 🤔 Такой команды нет. Воспользуйтесь меню ниже.
unknown-text = 🤔 Не понял вас. Выберите нужный раздел в меню ниже.
cancel-left = Отменено. Вы в главном меню.
cancel-nothing = Сейчас отменять нечего. Вы в главном меню.

# Главное меню
menu-topup = 💰 Пополнить баланс
menu-cabinet = 👤 Личный кабинет
menu-history = 📜 История платежей
menu-language = 🌐 Язык
menu-help = ❓ Помощь
welcome-title = Здравствуйте, <b>{ $name }</b>!
welcome-hint = Выберите нужный раздел в меню ниже 👇
cabinet-title = 👤 <b>Личный кабинет</b>
cabinet-person = { $name } · ID: <code>{ $id }</code>
balance-available = 💰 Баланс: <b>{ $sum }</b>
balance-held = 🔒 Зарезервировано: { $sum }
help =
    ❓ <b>Помощь</b>

    <b>Как пополнить баланс?</b>
    1. Нажмите « 💰 Пополнить баланс ».
    2. Выберите способ оплаты и сумму.
    3. Оплатите ровно ту сумму, которая показана.
    Как только деньги придут, баланс пополнится автоматически, и вы получите сообщение.

    <b>Оплатили, а деньги не пришли?</b>
    Откройте платёж и нажмите « ✅ Проверить оплату ». Даже если деньги придут с опозданием, они попадут на баланс. Если вы перевели другую сумму, платёж рассмотрит наш сотрудник.

    <b>Команды</b>
    /topup — пополнить баланс
    /balance — баланс
    /history — история платежей
    /language — сменить язык
    /cancel — отменить начатое

# Кнопки
button-menu = 🏠 Главное меню
button-back = ⬅️ Назад
button-other-way = 🔁 Другой способ
button-pay = 💳 Оплатить
button-check = ✅ Проверить оплату
button-cancel-order = ❌ Отменить
button-cancel-yes = ❌ Да, отменить
button-cancel-no = ⬅️ Нет, назад
button-copy-sum = 📋 Скопировать сумму
button-copy-card = 📋 Скопировать карту
button-refresh = 🔄 Обновить
button-receipt = 🧾 Чек
button-newer = ◀️ Новее
button-older = Старее ▶️
button-confirm = ✅ Подтвердить
button-drop = ❌ Отменить
button-block = 🚫 Заблокировать
button-unblock = 🔓 Разблокировать
button-to-user = 👤 Пользователь
button-owner-details = 🔎 Подробнее
button-owner-check = 🔄 Проверить сейчас
button-owner-ask_approve = ✅ Подтвердить оплату
button-owner-ask_credit = ✅ Зачислить на баланс
button-owner-ask_refuse = ❌ Отклонить
button-owner-refuse = ❌ Да, отклонить

# Пополнение
providers-title = 💰 <b>Пополнение баланса</b>
    Выберите способ оплаты:
providers-none = 😔 Сейчас нет доступных способов оплаты. Попробуйте позже.
providers-line = • <b>{ $title }</b> — { $how }, от { $min } до { $max }
providers-how-page = Click или Payme
providers-how-transfer = перевод на карту
providers-paused = ⏸ временно приостановлен
providers-troubled = ⚠️ сейчас возможны перебои
sum-title = 💰 <b>{ $title }</b>: на какую сумму пополнить?
sum-limits = Не меньше { $min } и не больше { $max }.
sum-hint = Нажмите кнопку или напишите сумму, например: <code>50 000</code> или <code>50 тыс</code>.
sum-not-understood = 🤔 Не понял сумму. Напишите её цифрами.
sum-out-of-limits = ⚠️ Эта сумма вне допустимых пределов.
method-title = 💰 <b>{ $title }</b>: { $sum }
    Через какое приложение будете платить?
method-any = 🌐 Выберу на странице
topup-preparing = ⏳ Готовим платёж, подождите немного…
topup-too-many = ⚠️ У вас слишком много открытых платежей. Сначала оплатите или отмените один из них.
topup-live = ℹ️ У вас уже есть открытый платёж этим способом. Сначала оплатите или отмените его.
topup-live-other = ℹ️ У вас уже есть открытый платёж этим способом на { $sum }. Если нужна другая сумма, сначала отмените его.
topup-paused = ⏸ Этот способ временно приостановлен. Пожалуйста, выберите другой.
topup-absent = ⏸ Этот способ больше недоступен. Пожалуйста, выберите другой.
topup-busy = ⚠️ Все суммы рядом с этой сейчас заняты. Введите другую сумму или попробуйте чуть позже.

# Платёж
order-title = { $icon } <b>Платёж № { $id }</b> · { $provider }
order-exact-sum = 💰 Точная сумма: <b>{ $sum }</b> (<code>{ $plain }</code>)
order-sum = 💰 Сумма: <b>{ $sum }</b>
order-card = 💳 Карта: <code>{ $card }</code>
order-holder = 👤 Владелец карты: { $holder }
order-method = 📱 Способ: { $method }
order-deadline = ⏰ Оплатите до <b>{ $time }</b> (время Ташкента)
order-how-page = Оплатите по кнопке « 💳 Оплатить ». Как только деньги придут, баланс пополнится автоматически.
order-how-transfer = Переведите деньги на эту карту из любого банковского приложения. Как только они придут, баланс пополнится автоматически.
order-exact-warning = ⚠️ <b>Переведите ровно эту сумму.</b> Другая сумма не распознаётся автоматически.
order-state = Состояние: <b>{ $state }</b>
order-received = 💵 Поступило: <b>{ $sum }</b>
order-date = 📅 { $date }
order-after-paid = Деньги зачислены на ваш баланс. Спасибо!
order-after-expired = Больше не переводите деньги по этому платежу. Если уже перевели, не волнуйтесь: когда деньги придут, они зачислятся на баланс автоматически.
order-after-cancelled = Не переводите деньги по этому платежу. Если уже перевели, не волнуйтесь: когда деньги придут, они зачислятся на баланс автоматически.
order-after-failed = Платёж не прошёл. Попробуйте ещё раз или другим способом.
order-after-review = Поступившая сумма отличается от ожидаемой. Платёж рассматривает наш сотрудник, мы сообщим о результате.
order-after-refused = Платёж не зачислен на баланс. Если есть вопросы, обратитесь в поддержку.
order-cancel-question = Точно отменить платёж на { $sum }?

    ⚠️ Если вы уже перевели деньги, не отменяйте, а подождите немного.
state-creating = готовится
state-waiting = ожидает оплаты
state-paid = оплачен
state-expired = срок истёк
state-cancelled = отменён
state-failed = не прошёл
state-review = на проверке
state-refused = отклонён

# История
history-title = 📜 <b>История платежей</b>
history-empty = Платежей пока нет. Первый можно сделать прямо сейчас.
history-hint = Выберите платёж, чтобы увидеть подробности.

# Короткие ответы
toast-old = Эта кнопка устарела. Начните заново из главного меню.
toast-too-soon = ⏳ Только что проверили. Нажмите ещё раз через несколько секунд.
toast-still-waiting = ⏳ Деньги пока не пришли. Сообщим, как только придут.
toast-paid = ✅ Оплата получена!
toast-review = 🔎 Платёж рассматривает наш сотрудник.
toast-over = Этот платёж завершён.
toast-no-answer = ⚠️ Платёжная система сейчас не отвечает. Продолжаем проверять, не волнуйтесь.
toast-cancelled = ❌ Платёж отменён.
toast-owner-checked = Проверено.
toast-owner-done = ✅ Готово.
toast-owner-decided = Решение по этому платежу уже принято.
toast-owner-not-blocked = Владельца заблокировать нельзя.

# Список команд
command-start = Главное меню
command-topup = Пополнить баланс
command-balance = Баланс
command-history = История платежей
command-language = Сменить язык
command-help = Помощь
command-cancel = Отменить начатое
owner-command-user = Пользователь: ID или @имя
owner-command-credit = Зачислить: пользователь сумма причина
owner-command-debit = Списать: пользователь сумма причина
owner-command-orders = Открытые платежи
owner-command-order = Платёж: ID

# Неполадки платёжных систем: пользователю
problem-wrong_keys = 😔 Этот способ сейчас не работает. Выберите другой. Деньги не списаны.
problem-shop_inactive = 😔 Этот способ сейчас не работает. Выберите другой. Деньги не списаны.
problem-monthly_fee_unpaid = 😔 Этот способ сейчас не работает. Выберите другой. Деньги не списаны.
problem-account_not_linked = 😔 Этот способ сейчас не работает. Выберите другой. Деньги не списаны.
problem-card_not_linked = 😔 Этот способ сейчас не работает. Выберите другой. Деньги не списаны.
problem-subscription_ended = 😔 Этот способ сейчас не работает. Выберите другой. Деньги не списаны.
problem-ip_not_whitelisted = 😔 Этот способ сейчас не работает. Выберите другой. Деньги не списаны.
problem-callback_not_whitelisted = 😔 Этот способ сейчас не работает. Выберите другой. Деньги не списаны.
problem-website_not_whitelisted = 😔 Этот способ сейчас не работает. Выберите другой. Деньги не списаны.
problem-amount_too_low = ⚠️ Для этого способа сумма слишком мала. Попробуйте сумму побольше. Деньги не списаны.
problem-amount_too_high = ⚠️ Для этого способа сумма слишком велика. Выберите сумму поменьше или другой способ. Деньги не списаны.
problem-missing_parameters = 😔 Не удалось открыть платёж. Выберите другой способ. Деньги не списаны.
problem-order_code_taken = 😔 Не удалось открыть платёж. Попробуйте ещё раз. Деньги не списаны.
problem-unknown_order = 😔 Платёжная система не нашла этот платёж. Попробуйте ещё раз. Деньги не списаны.
problem-rate_limited = ⏳ Платёжная система сейчас занята. Попробуйте через несколько минут или выберите другой способ. Деньги не списаны.
problem-maintenance = 🛠 В платёжной системе идут технические работы. Выберите другой способ или попробуйте позже. Деньги не списаны.
problem-server_error = 😔 Сбой в платёжной системе. Выберите другой способ или попробуйте позже. Деньги не списаны.
problem-bad_answer = 😔 Сбой в платёжной системе. Выберите другой способ или попробуйте позже. Деньги не списаны.
problem-timeout = 😔 Платёжная система не ответила. Попробуйте ещё раз или выберите другой способ. Деньги не списаны.
problem-network = 😔 Нет связи с платёжной системой. Попробуйте ещё раз или выберите другой способ. Деньги не списаны.
problem-budget_spent = ⏳ Этим способом сейчас пользуются слишком многие. Попробуйте через несколько минут или выберите другой способ. Деньги не списаны.
problem-refused = 😔 Платёжная система не открыла платёж. Выберите другой способ. Деньги не списаны.
problem-unreadable_payment = 🔎 Платёжная система сообщила об оплате, но сумму определить не удалось. Наш сотрудник проверит и сообщит вам.

# Сообщения пользователю
message-paid = ✅ <b>{ $sum }</b> зачислено на ваш баланс! (№ { $id })
message-paid-late = Деньги пришли после срока, но мы их приняли.
message-bill-paid = ✅ Оплачено: <b>{ $sum }</b> — { $service } (№ { $id })
message-balance = 💰 Ваш баланс: <b>{ $sum }</b>
message-review = 🔎 По платежу № { $id } пришло <b>{ $paid }</b>, а ожидалось { $sum }. Наш сотрудник рассмотрит платёж, и мы вам сообщим.
message-refused = ❌ Поступившие по платежу № { $id } { $paid } не зачислены на баланс. По поводу возврата обратитесь в поддержку.
message-interrupted = 😔 Не удалось открыть платёж № { $id } ({ $provider }). Деньги не списаны. Пожалуйста, попробуйте ещё раз.
message-credited = ➕ На ваш баланс зачислено <b>{ $sum }</b>.
message-debited = ➖ С вашего баланса списано <b>{ $sum }</b>.
message-reason = Причина: { $reason }

# Для владельцев
owner-usage-credit = Использование: <code>/credit 123456789 50000 причина</code>
    Пользователь — ID или @имя, сумма в сумах, причина обязательна.
owner-usage-debit = Использование: <code>/debit 123456789 50000 причина</code>
    Пользователь — ID или @имя, сумма в сумах, причина обязательна.
owner-no-user = Такой пользователь не найден. Сначала он должен написать боту.
owner-user-title = 👤 <b>{ $name }</b> · <code>{ $id }</code>
owner-user-balance = 💰 Баланс: <b>{ $available }</b>, зарезервировано: { $held }
owner-user-language = 🌐 Язык: { $language }
owner-user-dates = 📅 Впервые: { $created }, последний раз: { $seen }
owner-user-blocked = 🚫 Заблокирован: { $at }
owner-user-unreachable = 🔕 Сам заблокировал бота
owner-money-credit = ➕ <b>Зачислить: { $sum }</b>
owner-money-debit = ➖ <b>Списать: { $sum }</b>
owner-money-user = 👤 { $name } · <code>{ $id }</code>
owner-money-reason = Причина: { $reason }
owner-money-figures = Баланс: { $before } → <b>{ $after }</b>
owner-money-sure = Подтверждаете?
owner-money-done = ✅ Выполнено.
owner-money-dropped = ❌ Отменено, ничего не изменилось.
owner-money-too-much = ⚠️ Списать нельзя: на балансе { $available }, а нужно { $sum }.
owner-order-sums = Запрошено: { $base }, к оплате: <b>{ $amount }</b>, поступило: <b>{ $paid }</b>
owner-order-dates = 📅 Открыт: { $created }, срок: { $expires }
owner-order-provider-order = ID в платёжной системе: <code>{ $id }</code>
owner-order-reason = Причина: <code>{ $reason }</code>
owner-order-problem = Последняя неполадка: <code>{ $problem }</code>
owner-order-checks = Проверок: { $count }, последняя: { $last }
owner-order-history = <b>История</b>
owner-order-history-line = { $date } · { $to } · { $cause }
owner-ask-refuse = Отклонить поступившие <b>{ $paid }</b>? На баланс они не попадут, вернуть их нужно вам самим. Ожидалось: { $sum }.
owner-review =
    🔎 <b>Пришла другая сумма</b>
    № { $id } · { $provider } · { $date }
    Ожидалось: { $sum }
    Поступило: <b>{ $paid }</b>

# Тревоги для владельцев
alarm-provider = 🚨 <b>{ $provider }</b>
alarm-times = С прошлого сообщения: { $times } раз.
alarm-unreadable-payment = 🚨 <b>{ $provider }</b>: платёж № { $id } назван оплаченным, но сумму прочитать не удалось. Проверьте в кабинете платёжной системы и примите решение.
alarm-paid-unopened = 🚨 <b>{ $provider }</b> сообщает, что платёж № { $id } оплачен, но на его открытие не было ответа, и узнать о нём нельзя. Ничего не зачислено. Проверьте в кабинете платёжной системы и примите решение.
alarm-books-broken = 🚨 <b>В учёте найдено расхождение.</b> Пока причина не ясна, ничего не меняйте вручную. Сделайте копию базы и действуйте по разделу «<code>The books do not add up</code>» в <code>docs/operations.md</code>.
alarm-clock-jumped = 🚨 <b>Часы сервера перевели.</b> Они показывают { $wall }, а по счёту программы сейчас { $counted }. Программа верит только часам, которые больше не скачут, и до тех пор не закрывает по ним ни одного платежа. Проверьте время на сервере: <code>timedatectl</code>.
alarm-program-error = 🚨 Ошибка в программе: <code>{ $where }</code>. Посмотрите журнал; если повторится, обновите программу или сообщите о ней с записями из журнала.
alarm-backup-disk_full = 🚨 <b>Резервная копия не создана</b>: диск заполнен. Освободите место, уменьшите <code>BACKUP_KEEP</code> или укажите в <code>BACKUP_DIR</code> диск побольше, затем выполните <code>npm run backup</code>.
alarm-backup-not_writable = 🚨 <b>Резервная копия не создана</b>: нельзя писать в папку копий. Дайте пользователю программы права на <code>BACKUP_DIR</code> или укажите другую папку, затем выполните <code>npm run backup</code>.
alarm-backup-damaged = 🚨 <b>Резервная копия не создана: база данных повреждена.</b> Остановите программу, сохраните её файлы и верните последнюю исправную копию командой <code>npm run restore</code>.
alarm-backup-books_broken = 🚨 <b>В резервной копии учёт не сходится.</b> Она сохранена как <code>.suspect</code>, прежние копии на месте. Ничего не меняйте вручную и действуйте по разделу «<code>The books do not add up</code>» в <code>docs/operations.md</code>.
alarm-backup-too_large = ⚠️ <b>Резервная копия не отправлена</b>: она больше 50 МБ, которые может отправить бот. Она лежит в <code>BACKUP_DIR</code>: забирайте её с сервера другим способом и поставьте <code>BACKUP_TO_ADMIN=false</code>.
alarm-backup-not_sent = ⚠️ <b>Резервная копия не отправлена</b>: Telegram её не принял. Она лежит в <code>BACKUP_DIR</code>: заберите её с сервера вручную. Следующая будет отправлена завтра.
alarm-backup-failed = 🚨 <b>Резервная копия не создана.</b> Выполните на сервере <code>npm run backup</code> и сделайте то, что он скажет.
alarm-many = 🚨 <b>Ещё тревоги за короткое время: { $count }.</b> По одной они не присылаются. Посмотрите журнал: чаще всего у всех одна причина.
alarm-problem-wrong_keys = Неверные ключи. Проверьте ID и ключ магазина в настройках.
alarm-problem-shop_inactive = Магазин не активен. Активируйте его в кабинете или напишите в поддержку.
alarm-problem-monthly_fee_unpaid = Не внесена ежемесячная плата. Оплатите её в кабинете платёжной системы.
alarm-problem-account_not_linked = К магазину не подключён счёт. Подключите его в кабинете.
alarm-problem-card_not_linked = Карта не подключена. Подключите её в кабинете и сравните с картой в настройках.
alarm-problem-subscription_ended = Подписка закончилась или лимит исчерпан. Продлите подписку в кабинете.
alarm-problem-ip_not_whitelisted = IP-адрес сервера не разрешён. Добавьте его в список в кабинете.
alarm-problem-callback_not_whitelisted = Домен для уведомлений не зарегистрирован. Добавьте домен из PUBLIC_URL в кабинете.
alarm-problem-website_not_whitelisted = Домен сайта не зарегистрирован. Добавьте его в кабинете.
alarm-problem-amount_too_low = Платёжная система сочла сумму слишком малой. Увеличьте TOPUP_MIN.
alarm-problem-amount_too_high = Платёжная система сочла сумму слишком большой. Уменьшите TOPUP_MAX или повысьте тариф.
alarm-problem-missing_parameters = Платёжная система говорит, что в запросе не хватает поля. Возможно, изменился её протокол, обновите программу.
alarm-problem-order_code_taken = Код платежа назван занятым. Если повторится, проверьте, не работает ли с этим магазином другая программа.
alarm-problem-unknown_order = Платёжная система не знает платёж. Проверьте, верен ли ID магазина.
alarm-problem-rate_limited = Превышен предел запросов. Запросы замедлены; если повторится, пересмотрите тариф.
alarm-problem-maintenance = В платёжной системе технические работы. Подождите или временно отключите этот способ.
alarm-problem-server_error = Ошибка на сервере платёжной системы. Если не пройдёт, напишите в их поддержку.
alarm-problem-bad_answer = Платёжная система ответила непонятно. Проверьте адрес в настройках; если не пройдёт, напишите им.
alarm-problem-timeout = Платёжная система не отвечает вовремя. Если не пройдёт, напишите в их поддержку.
alarm-problem-network = Нет связи с платёжной системой. Проверьте интернет сервера и адрес в настройках.
alarm-problem-budget_spent = Запросы на этот час исчерпаны. Проверки запаздывают; включите вебхуки или попросите поднять лимит.
alarm-problem-refused = Платёжная система отклонила запрос. Прочитайте её ответ ниже и проверьте кабинет.
alarm-problem-unreadable_payment = Платёжная система говорит «оплачено», но сумму прочитать не удалось. Проверьте её в кабинете и примите решение по платежу.

# Главное меню: оплата услуг
menu-pay = 🧾 Оплата услуг
command-pay = Оплата услуг
command-cards = Мои карты
help-pay =
    /pay — оплата услуг
    /cards — мои карты

# Кнопки оплаты
button-bills = 📜 Мои оплаты
button-cards = 💳 Мои карты
button-saved-list = ⭐ Сохранённые: { $count }
button-stop = ❌ Отмена
button-next = ✅ Да, дальше
button-keep = ➡️ Оставить { $value }
button-skip = ⏭ Пропустить
button-show-all = 📋 Показать все
button-debt = Долг: { $sum }
button-from-balance = 💰 Баланс: { $sum }
button-card-link = ➕ Привязать карту
button-card-remove = 🗑 Удалить •{ $mask }
button-remove-yes = 🗑 Да, удалить
button-topup-missing = 💰 Пополнить на { $sum }
button-pay-continue = ▶️ Продолжить оплату
button-pay-now = ✅ Оплатить { $sum }
button-pay-repeat = 🔁 Да, оплатить ещё раз
button-pay-again = 🧾 Оплата услуг
button-to-pay = 🧾 Оплата услуг
button-other-sum = ✏️ Другая сумма
button-other-source = 💳 Другой способ
button-save-account = ⭐ Сохранить
button-saved-pay = 🧾 Оплатить
button-rename = ✏️ Переименовать
button-saved-remove = 🗑 Удалить
button-repeat = 🔁 Повторить
button-new-code = 🔢 Новый код
button-cancel-bill = ❌ Отменить оплату

# Короткие ответы: оплата
toast-service-paused = ⏸ Эту услугу сейчас оплатить нельзя. Попробуйте позже.

# Пополнение недостающей суммы
providers-for =
    💰 <b>Пополнить на { $sum }</b>
    Выберите способ. Когда деньги придут, нажмите « ▶️ Продолжить оплату ».

# Оплата услуг
pay-title = 🧾 <b>Оплата услуг</b>
pay-hint = Выберите раздел или напишите название услуги.
pay-hint-saved = Выберите сохранённый счёт или раздел, или напишите название услуги.
pay-hint-search = Выберите услугу или напишите её название.
pay-stale = ⚠️ Платёжный сервис сейчас не отвечает, список может быть устаревшим.
pay-stale-form = ⚠️ Платёжный сервис сейчас не отвечает, эти данные могут быть устаревшими.
pay-category = 📂 <b>{ $name }</b>
pay-category-other = Другое
pay-search = 🔎 Найдено по запросу « { $query } »:
pay-search-none = 🔎 По запросу « { $query } » ничего не нашлось. Попробуйте другое слово.
pay-unavailable = 😔 Эту услугу сейчас оплатить нельзя. Попробуйте позже.
pay-stopped = Отменено. Ничего не оплачено.
pay-service = 🧾 <b>{ $name }</b>
pay-line = { $label }: <b>{ $value }</b>
pay-choose = 👇 Выберите: <b>{ $label }</b>
pay-enter = ✍️ Введите: <b>{ $label }</b>
pay-hint-options = Список длинный: можно написать часть названия.
pay-hint-digits = Только цифры, вместе с нулями в начале.
pay-no-options = 😔 Здесь сейчас не из чего выбрать. Вернитесь и выберите другой ответ.
pay-bad-digits = ⚠️ Здесь нужны только цифры. Проверьте и введите ещё раз.
pay-bad-length = ⚠️ Слишком длинно: не больше { $max } знаков. Проверьте и введите ещё раз.
pay-bad-pattern = ⚠️ Для этой услуги такой вид не подходит. Проверьте и введите ещё раз.
pay-bad-empty = ⚠️ Ничего не введено. Введите ещё раз.
pay-form-changed = ℹ️ Данные, которые запрашивает услуга, изменились. Пожалуйста, заполните это ещё раз.
pay-info-check = Это нужный счёт?
pay-debt = ❗ Долг: <b>{ $sum }</b>
pay-sum-title = 💰 <b>Сколько хотите оплатить?</b>
pay-source-title = 💳 <b>Откуда оплатить?</b>
pay-balance-fee = Комиссия при оплате с баланса: { $fee }
pay-card-gone = ⚠️ Эта карта больше не привязана. Выберите другой способ.
pay-short =
    ⚠️ <b>На балансе не хватает денег.</b>
    К оплате: { $total }
    На балансе: { $available }
    Не хватает: <b>{ $missing }</b>
pay-confirm-title = ❓ <b>Проверьте и подтвердите</b>
pay-confirm-code = 📱 На телефон владельца карты придёт код по СМС.
pay-cannot-be-undone = ‼️ <b>Этот платёж нельзя отменить. Внимательно проверьте счёт и сумму.</b>
pay-line-sum = 💰 Сумма: <b>{ $sum }</b>
pay-line-fee = Комиссия: { $fee }
pay-line-total = Итого: <b>{ $total }</b>
pay-from-balance = Откуда: баланс
pay-from-card = Откуда: карта { $mask }
pay-repeated = ⚠️ В { $time } вы уже отправили такой же платёж на { $sum }. Оплатить <b>ещё раз</b>?
pay-too-many = ⚠️ У вас слишком много незавершённых платежей. Сначала завершите один из них.
pay-unavailable-paused = ⏸ Оплата с баланса временно приостановлена. Можно оплатить картой. Ничего не списано.
pay-unavailable-no_operator_card = ⏸ Оплата с баланса недоступна. Можно оплатить картой. Ничего не списано.
pay-unavailable-service = ⏸ Эту услугу сейчас оплатить нельзя. Попробуйте позже. Ничего не списано.
pay-unavailable-provider = 😔 Платёжный сервис сейчас не отвечает. Попробуйте позже. Ничего не списано.
pay-unavailable-busy = ⏳ Сейчас очень много платежей. Попробуйте через минуту. Ничего не списано.
pay-working = ⏳ Оплачиваем, одну минуту… Не платите повторно.
pay-asking = ⏳ Запрашиваем код, одну минуту…
pay-code = 🔢 Введите код из СМС (4–8 цифр). Ваше сообщение сразу будет удалено.
pay-code-phone = 🔢 Введите код из СМС, отправленного на { $phone } (4–8 цифр). Ваше сообщение сразу будет удалено.
pay-code-bad = ⚠️ Код состоит из 4–8 цифр. Введите ещё раз.
pay-code-wrong = ❌ Код неверный. Осталось попыток: { $left }.
pay-code-expired = ⌛ Срок действия кода истёк. Ничего не списано.
pay-code-tries = ❌ Код введён неверно слишком много раз. Ничего не списано.
pay-code-no-more = ⚠️ Для этого платежа больше нельзя отправить код. Отмените его и начните заново. Ничего не списано.
pay-code-new = ✅ Новый код отправлен.
pay-code-not-new = ⚠️ Новый код отправить не удалось.
pay-code-new-needed = Чтобы получить другой код, нажмите « 🔢 Новый код », или отмените оплату.
pay-code-not-sent = Код не использован: можно ввести его ещё раз.
pay-save-name = ⭐ Введите название для этого счёта <b>{ $name }</b>, например « Дом » или « Родители ».
pay-save-bad-name = ⚠️ В названии должно быть от 1 до { $max } знаков. Введите другое.
pay-saved = ⭐ Сохранено. В следующий раз он будет в начале списка.
pay-saved-too-many = ⚠️ Сохранённых счетов слишком много. Сначала удалите один из них.
pay-saved-title = ⭐ <b>Сохранённые счета</b>
pay-saved-none = ⭐ Сохранённых счетов пока нет. Их можно сохранить после оплаты.
pay-saved-remove = Удалить « { $name } » из сохранённых счетов?
pay-saved-one = ⭐ <b>{ $name }</b>
pay-rename = ✏️ Введите новое название для « { $name } ».
pay-renamed = ⭐ Переименовано.

# Одна оплата
bill-title = { $icon } <b>Оплата № { $id }</b>
bill-state = Состояние: <b>{ $state }</b>
bill-state-working = оплачивается
bill-state-code = ожидает кода
bill-state-clarifying = уточняется
bill-state-paid = оплачено
bill-state-failed = не оплачено
bill-state-refunded = деньги возвращены
bill-ref = Чек: <code>{ $ref }</code>
bill-after-paid = Спасибо! Услуга оплачена.
bill-after-working = ⏳ Оплата выполняется. Мы сообщим результат. Не платите повторно.
bill-after-clarifying = 🔎 Платёжный сервис пока не дал точного ответа. Ваши деньги зарезервированы и в безопасности: либо услуга будет оплачена, либо деньги вернутся. <b>Не платите повторно</b>, мы сообщим результат.
bill-after-clarifying-card = 🔎 Платёжный сервис пока не дал точного ответа. <b>Не платите повторно</b>, мы выясняем и сообщим результат.
bill-after-refunded = ↩️ <b>{ $sum }</b> возвращено на ваш баланс.
bill-money-back = 💰 Услуга не оплачена, все деньги вернулись на ваш баланс.
bill-not-charged = Ничего не списано.
bill-hint-waste = ♻️ Похоже, сначала нужно оплатить вывоз мусора.
bill-cancel-question = Точно отменить эту оплату?
bill-list-title = 📜 <b>Мои оплаты</b>
bill-list-none = Оплат пока нет.
bill-owner-title = 🔎 <b>Нужно ваше решение по оплате</b>: № { $id }
bill-owner-user = 👤 { $who } · <code>{ $id }</code>
bill-owner-reason = Причина: <code>{ $reason }</code>
bill-owner-evidence = <b>Что известно</b>
bill-owner-decide = Проверьте в кабинете платёжного сервиса и решите: оплачено или не оплачено.

# Почему не оплачено
bill-reason-other = 😔 Оплата не прошла. Попробуйте ещё раз чуть позже.
bill-reason-no_answer = 😔 Платёжный сервис не ответил. Попробуйте ещё раз чуть позже.
bill-reason-interrupted = 😔 Оплата прервалась до отправки. Попробуйте ещё раз.
bill-reason-paused = ⏸ Оплата с баланса временно приостановлена. Можно оплатить картой.
bill-reason-cancelled = Вы отменили эту оплату.
bill-reason-no_code = ⌛ Код не был введён вовремя.
bill-reason-cancelled_at_paylov = 😔 Платёжный сервис отменил оплату.
bill-reason-owner = 🔎 Мы проверили: оплата не прошла.
bill-reason-other_amount = 😔 Оплата не прошла. Попробуйте ещё раз чуть позже.
bill-reason-unclear = 😔 Оплата не прошла. Попробуйте ещё раз чуть позже.

# Сведения о счёте
bill-info-fio = Ф.И.О.
bill-info-address = Адрес
bill-info-saldo = Состояние счёта
bill-info-last_paid = Последняя оплата
bill-info-last_paid_date = Дата последней оплаты
bill-info-region = Регион
bill-info-soato = Район
bill-info-customer_code = Лицевой счёт
bill-info-pokcob = Показание счётчика
bill-info-dateob = Дата показания
bill-info-tariff_price = Тариф
bill-info-kwn = Потребление
bill-info-time = Время

# Карты
card-list-title = 💳 <b>Мои карты</b>
card-list-none = Карты пока не привязаны.
card-line = • <code>{ $mask }</code>
card-link-title = ➕ <b>Привязка карты</b>
card-ask-number = Введите 16 цифр карты. Ваше сообщение сразу будет удалено, номер нигде не хранится.
card-ask-expiry = Введите срок действия: месяц и год, например <code>09/28</code>.
card-ask-code = 🔢 Введите код из СМС для карты <code>{ $mask }</code> (4–8 цифр).
card-ask-code-phone = 🔢 Введите код из СМС, отправленного на { $phone }, для карты <code>{ $mask }</code> (4–8 цифр).
card-bad-number = ⚠️ В номере карты 16 цифр. Проверьте и введите ещё раз.
card-bad-expiry = ⚠️ Введите месяц и год, например <code>09/28</code>.
card-number-again = ⏳ В целях безопасности номер карты не сохранён. Введите его ещё раз.
card-linked = ✅ Карта { $mask } привязана.
card-removed = 🗑 Карта { $mask } удалена.
card-remove-question = Удалить карту <code>{ $mask }</code>?

# Проблемы оплаты и карт: пользователю
bill-problem-card_not_found = 💳 Карта не найдена. Проверьте номер.
bill-problem-card_is_blocked = 💳 Карта заблокирована. Используйте другую или обратитесь в банк.
bill-problem-card_expired = 💳 Срок действия карты истёк. Используйте другую.
bill-problem-sms_not_active = 📱 Для этой карты не включены СМС. Включите их в своём банке.
bill-problem-daily_limit_used_for_this_card = 💳 Дневной лимит карты исчерпан. Используйте другую карту или попробуйте завтра.
bill-problem-invalid_otp = ❌ Код неверный. Проверьте и введите ещё раз.
bill-problem-otp_expired = ⌛ Срок действия кода истёк. Запросите новый.
bill-problem-otp_code_already_sent = 📱 Код уже отправлен. Дождитесь его или попробуйте через минуту.
bill-problem-too_many_attempts = ⏳ Слишком много попыток. Попробуйте чуть позже.
bill-problem-insufficient_funds = 💳 На карте недостаточно денег.
bill-problem-invalid_amount = ⚠️ Услуга не принимает такую сумму. Попробуйте другую.
bill-problem-transaction_not_found = 😔 Платёжный сервис не нашёл эту оплату. Начните заново.
bill-problem-transaction_already_payed = ℹ️ Эта оплата уже выполнена.
bill-problem-already_confirmed = ℹ️ Это уже подтверждено.
bill-problem-transaction_not_available_for_payment = 😔 Эту оплату нельзя продолжить. Начните заново.
bill-problem-error_at_pay = 😔 Услуга не приняла оплату. Попробуйте ещё раз чуть позже.
bill-problem-processing_error = 😔 Банк не смог выполнить операцию. Попробуйте ещё раз чуть позже.
bill-problem-merchant_not_available = ⏸ Эту услугу сейчас оплатить нельзя. Попробуйте позже.
bill-problem-validation_error = ⚠️ Данные не подходят: такой счёт не найден. Проверьте, что вы ввели.
bill-problem-field_required = ⚠️ Не хватает данных. Заполните всё.
bill-problem-field_not_valid = ⚠️ Данные не подходят: такой счёт не найден. Проверьте, что вы ввели.
bill-problem-permission_denied = 😔 Оплата услуг сейчас недоступна. Мы уже разбираемся, попробуйте позже.
bill-problem-ip_not_allowed = 😔 Оплата услуг сейчас недоступна. Мы уже разбираемся, попробуйте позже.
bill-problem-server_error = 😔 В платёжном сервисе сбой. Попробуйте ещё раз чуть позже.
bill-problem-gateway_not_working = 😔 Платёжный сервис сейчас не работает. Попробуйте ещё раз чуть позже.
bill-problem-unknown_error = 😔 В платёжном сервисе что-то пошло не так. Попробуйте ещё раз чуть позже.
bill-problem-card_is_already_activated = ℹ️ Эта карта уже привязана.
bill-problem-card_exists = ℹ️ Эта карта уже привязана.
bill-problem-invalid_card = 💳 Неверный номер или срок действия карты. Проверьте их.
bill-problem-card_is_not_supported = 💳 Такую карту привязать нельзя. Используйте другую.
bill-problem-card_has_no_phone = 📱 К карте не привязан номер телефона. Добавьте его в банке.
bill-problem-phone_not_match = 📱 Номер телефона не совпадает с номером карты.
bill-problem-wrong_keys = 😔 Оплата услуг сейчас недоступна. Мы уже разбираемся, попробуйте позже.
bill-problem-rate_limited = ⏳ Платёжный сервис перегружен. Попробуйте через минуту.
bill-problem-timeout = 😔 Платёжный сервис не ответил вовремя. Попробуйте ещё раз чуть позже.
bill-problem-network = 😔 Не удалось связаться с платёжным сервисом. Попробуйте ещё раз чуть позже.
bill-problem-bad_answer = 😔 Платёжный сервис ответил непонятно. Попробуйте ещё раз чуть позже.
bill-problem-bad_form = ⏸ Эту услугу сейчас нельзя оплатить через бота.

# Bills, for owners
bill-owner-title-over = 🧾 <b>Счёт</b> № { $id }
bill-owner-state = Состояние: <code>{ $state }</code>
button-bill-ask-paid = ✅ Оплачен
button-bill-ask-unpaid = ❌ Не оплачен
button-bills-resume = ▶️ Возобновить
alarm-bills-paused = 🚨 <b>Счета больше не оплачиваются с балансов</b>: ваша карта в Paylov не может платить (<code>{ $problem }</code>). Пополните или разблокируйте её, затем нажмите кнопку.
alarm-paylov-problem = 🚨 <b>Paylov</b> нам отказывает: <code>{ $problem }</code>. Проверьте ключи и разрешённый IP-адрес или напишите в их поддержку.
alarm-bills-differ = 🚨 <b>Счета и список Paylov расходятся.</b> Проверьте каждый в кабинете Paylov и командой /bill, затем исправьте то, что неверно здесь:
alarm-bills-unserved = 🚨 <b>Есть незавершённые счета, а Paylov не настроен.</b> Счетов: { $count }, удержано: { $sum }. Без Paylov их судьба не выяснится: верните ключи в настройки и перезапустите программу.
alarm-topups-unserved = 🚨 <b>{ $provider }</b> не настроен, но у него есть открытые заказы: { $count }. Деньги по ним не будут замечены: верните ключи в настройки и перезапустите программу.
card-too-many = ⚠️ Привязано максимальное число карт. Сначала удалите одну из них: /cards
