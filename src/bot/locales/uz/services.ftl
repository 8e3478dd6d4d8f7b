# Xizmatlarning nomlari: /services
owner-command-services = Xizmatlarning nomlari
services-menu = 🏷 Xizmatlarning nomlari
services-title = 🏷 <b>Xizmatlar qanday ataladi</b>
services-why = Odamlar bu nomlarni oʻz tilida koʻradi va xizmatni istalgani boʻyicha topadi. Nomlarini tuzatish uchun xizmatni tanlang.
services-lacking = ❗ Paylovdagi nomi bilan koʻrsatilmoqda: { $count }.
services-paylov = Paylovda: <code>{ $name }</code>
services-lacks = ❗ Tarjimasi yoʻq: Paylovdagi nomi koʻrsatiladi.
services-how = Nom berish uchun tilni tanlang. Siz berganlari ✏️ bilan belgilangan.
services-ask = Nomni shu tilda yuboring: { $language }. Koʻpi bilan { $max } ta belgi.
services-button-reset = ↩️ Mening nomlarimsiz
services-button-category = Toifasi
services-button-fields = Maydonlari
services-fields = Hisob haqida soʻraladigan va aytiladigan maʼlumotlar:
