# The statement as a file
button-statement-file = 📄 As a file
button-as-table = 📊 As a table
button-as-list = ☰ As a list
statement-file-title =
    📄 <b>Statement as a file</b>
    Choose a period and the kind of file.
statement-file-name = Statement
statement-file-caption = 📄 Statement · { $days }
statement-span-month = This month
statement-span-before = Last month
statement-span-quarter = 3 months
statement-span-year = This year
statement-span-all = Everything
statement-column-at = Time (Tashkent)
statement-column-what = What happened
statement-column-sum = Sum, so'm
statement-column-balance = Balance, so'm
statement-opening = Balance before
statement-closing = Balance at the end
statement-file-too-long = This period has too many entries for one file. Please choose a shorter one.
statement-file-nothing = Nothing happened to your balance in this period.
statement-file-busy = ⏳ Many people are asking for files right now. Please try again in a minute.
statement-file-failed = 😕 The file could not be made. Your money is not affected. Please try again later.
quota-statement = ⏳ You have asked for many statements lately. The next one from { $time }. The earlier ones are in this chat.
