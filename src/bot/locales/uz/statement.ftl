# Koʻchirma fayl koʻrinishida
button-statement-file = 📄 Fayl qilib
button-as-table = 📊 Jadval qilib
button-as-list = ☰ Roʻyxat qilib
statement-file-title =
    📄 <b>Balans koʻchirmasi fayl koʻrinishida</b>
    Davrni va fayl turini tanlang.
statement-file-name = Balans koʻchirmasi
statement-file-caption = 📄 Balans koʻchirmasi · { $days }
statement-span-month = Shu oy
statement-span-before = Oʻtgan oy
statement-span-quarter = 3 oy
statement-span-year = Shu yil
statement-span-all = Hammasi
statement-column-at = Vaqti (Toshkent)
statement-column-what = Nima boʻldi
statement-column-sum = Summa, soʻm
statement-column-balance = Balans, soʻm
statement-opening = Boshidagi balans
statement-closing = Oxiridagi balans
statement-file-too-long = Bu davrda yozuvlar bitta fayl uchun juda koʻp. Qisqaroq davrni tanlang.
statement-file-nothing = Bu davrda balansingizda hech narsa oʻzgarmagan.
statement-file-busy = ⏳ Hozir koʻp odam fayl soʻrayapti. Bir daqiqadan soʻng qayta urinib koʻring.
statement-file-failed = 😕 Faylni tayyorlab boʻlmadi. Pulingizga bu taʼsir qilmaydi. Keyinroq urinib koʻring.
quota-statement = ⏳ Qisqa vaqtda koʻp koʻchirma soʻradingiz. Keyingisini { $time } dan boshlab olish mumkin. Avvalgilari shu chatda.
