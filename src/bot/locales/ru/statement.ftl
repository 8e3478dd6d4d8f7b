# Выписка файлом
button-statement-file = 📄 Файлом
button-as-table = 📊 Таблицей
button-as-list = ☰ Списком
statement-file-title =
    📄 <b>Выписка файлом</b>
    Выберите период и вид файла.
statement-file-name = Выписка
statement-file-caption = 📄 Выписка · { $days }
statement-span-month = Этот месяц
statement-span-before = Прошлый месяц
statement-span-quarter = 3 месяца
statement-span-year = Этот год
statement-span-all = Всё
statement-column-at = Время (Ташкент)
statement-column-what = Что произошло
statement-column-sum = Сумма, сум
statement-column-balance = Баланс, сум
statement-opening = Баланс в начале
statement-closing = Баланс в конце
statement-file-too-long = За этот период слишком много записей для одного файла. Выберите период короче.
statement-file-nothing = За этот период на балансе ничего не менялось.
statement-file-busy = ⏳ Сейчас многие запрашивают файлы. Попробуйте ещё раз через минуту.
statement-file-failed = 😕 Файл не удалось подготовить. На ваших деньгах это не отразится. Попробуйте позже.
quota-statement = ⏳ Вы запросили много выписок подряд. Следующую можно получить с { $time }. Прежние есть в этом чате.
