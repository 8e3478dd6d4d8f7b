# Кўчирма файл кўринишида
button-statement-file = 📄 Файл қилиб
button-as-table = 📊 Жадвал қилиб
button-as-list = ☰ Рўйхат қилиб
statement-file-title =
    📄 <b>Баланс кўчирмаси файл кўринишида</b>
    Даврни ва файл турини танланг.
statement-file-name = Баланс кўчирмаси
statement-file-caption = 📄 Баланс кўчирмаси · { $days }
statement-span-month = Шу ой
statement-span-before = Ўтган ой
statement-span-quarter = 3 ой
statement-span-year = Шу йил
statement-span-all = Ҳаммаси
statement-column-at = Вақти (Тошкент)
statement-column-what = Нима бўлди
statement-column-sum = Сумма, сўм
statement-column-balance = Баланс, сўм
statement-opening = Бошидаги баланс
statement-closing = Охиридаги баланс
statement-file-too-long = Бу даврда ёзувлар битта файл учун жуда кўп. Қисқароқ даврни танланг.
statement-file-nothing = Бу даврда балансингизда ҳеч нарса ўзгармаган.
statement-file-busy = ⏳ Ҳозир кўп одам файл сўраяпти. Бир дақиқадан сўнг қайта уриниб кўринг.
statement-file-failed = 😕 Файлни тайёрлаб бўлмади. Пулингизга бу таъсир қилмайди. Кейинроқ уриниб кўринг.
quota-statement = ⏳ Қисқа вақтда кўп кўчирма сўрадингиз. Кейингисини { $time } дан бошлаб олиш мумкин. Аввалгилари шу чатда.
