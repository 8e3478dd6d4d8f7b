# Til
language-name = 🇺🇿 O'zbekcha
language-choose = 🇺🇿 Tilni tanlang
language-chosen = ✅ Til tanlandi: { $language }
bot-description = Balansni karta, Click yoki Payme orqali tez va ishonchli to'ldirish.

# Umumiy
money = { $amount }{ "\u00A0" }so'm
blocked = 🚫 Siz uchun xizmat to'xtatilgan. Savolingiz bo'lsa, qo'llab-quvvatlash xizmatiga murojaat qiling.
apology = 😔 Kechirasiz, kutilmagan xatolik yuz berdi. Iltimos, birozdan keyin qayta urinib ko'ring. Pulingiz xavfsiz.
slow-down = ⏳ Juda tez bo'ldi: bir qismini o'tkazib yubordim. Yarim daqiqa kutib, qayta urinib ko'ring. Boshlangan to'lovlar odatdagidek davom etmoqda.
unknown-command = 🤔 Bunday buyruq yo'q. Quyidagi menyudan foydalaning.
unknown-text = 🤔 Tushunmadim. Kerakli bo'limni quyidagi menyudan tanlang.
unknown-media = 🤔 Rasm, fayl va ovozli xabarlarni o'qiy olmayman. Chek yuborgan bo'lsangiz, tashvishlanmang: to'lov aniq summasi bo'yicha o'zi topiladi. Uni tezroq tekshirish uchun buyurtma ostidagi «✅ To'lovni tekshirish» tugmasini bosing.
forwarded-command = 🤔 Bu boshqa joydan uzatilgan xabar. Buyruq faqat o'zingiz yozganingizda ishlaydi.
cancel-left = Bekor qilindi. Bosh menyudasiz.
cancel-nothing = Hozir bekor qilinadigan narsa yo'q. Bosh menyudasiz.

# Bosh menyu
menu-topup = 💰 Balans to'ldirish
menu-cabinet = 👤 Shaxsiy kabinet
menu-history = 📜 To'lovlar tarixi
menu-language = 🌐 Til
menu-help = ❓ Yordam
welcome-title = Assalomu alaykum, <b>{ $name }</b>!
welcome-hint = Kerakli bo'limni quyidagi menyudan tanlang 👇
cabinet-title = 👤 <b>Shaxsiy kabinet</b>
cabinet-person = { $name } · ID: <code>{ $id }</code>
balance-available = 💰 Balans: <b>{ $sum }</b>
balance-held = 🔒 Band qilingan: { $sum }
help =
    ❓ <b>Yordam</b>

    <b>Balansni qanday to'ldiraman?</b>
    1. « 💰 Balans to'ldirish » tugmasini bosing.
    2. To'lov usuli va summani tanlang.
    3. Ko'rsatilgan summani aynan o'sha miqdorda to'lang.
    Pul kelishi bilan balansingiz avtomatik to'ldiriladi va sizga xabar keladi.

    <b>To'ladim, lekin pul tushmadi?</b>
    Buyurtmani oching va « ✅ To'lovni tekshirish » tugmasini bosing. To'lov kechikib kelsa ham, balansga o'tkaziladi. Boshqa summa o'tkazgan bo'lsangiz, to'lovni xodimimiz ko'rib chiqadi.

    <b>Buyruqlar</b>
    /topup — balansni to'ldirish
    /balance — balans
    /history — to'lovlar tarixi
    /language — tilni o'zgartirish
    /cancel — boshlangan amalni bekor qilish

# Tugmalar
button-menu = 🏠 Bosh menyu
button-back = ⬅️ Orqaga
button-other-way = 🔁 Boshqa usul
button-pay = 💳 To'lash
button-check = ✅ To'lovni tekshirish
button-cancel-order = ❌ Bekor qilish
button-cancel-yes = ❌ Ha, bekor qilinsin
button-cancel-no = ⬅️ Yo'q, orqaga
button-copy-sum = 📋 Summani nusxalash
button-copy-card = 📋 Kartani nusxalash
button-refresh = 🔄 Yangilash
button-receipt = 🧾 Chek
button-newer = ◀️ Yangiroq
button-older = Eskiroq ▶️
button-confirm = ✅ Tasdiqlash
button-drop = ❌ Bekor qilish
button-block = 🚫 Bloklash
button-unblock = 🔓 Blokdan chiqarish
button-to-user = 👤 Foydalanuvchi
button-owner-details = 🔎 Batafsil
button-owner-check = 🔄 Hozir tekshirish
button-owner-ask_approve = ✅ To'langan deb tasdiqlash
button-owner-ask_credit = ✅ Balansga o'tkazish
button-owner-ask_refuse = ❌ Rad etish
button-owner-refuse = ❌ Ha, rad etilsin

# Balans to'ldirish
providers-title = 💰 <b>Balansni to'ldirish</b>
    To'lov usulini tanlang:
providers-none = 😔 Hozir to'lov usullari mavjud emas. Iltimos, keyinroq urinib ko'ring.
providers-line = • <b>{ $title }</b> — { $how }, { $min }dan { $max }gacha
providers-how-page = Click yoki Payme
providers-how-transfer = kartaga o'tkazma
providers-paused = ⏸ vaqtincha to'xtatilgan
providers-troubled = ⚠️ hozir uzilishlar bo'lishi mumkin
sum-title = 💰 <b>{ $title }</b>: qancha summaga to'ldirasiz?
sum-limits = Eng kami { $min }, eng ko'pi { $max }.
sum-hint = Tugmani bosing yoki summani yozib yuboring, masalan: <code>50 000</code> yoki <code>50 ming</code>.
sum-not-understood = 🤔 Summani tushunmadim. Faqat raqam bilan yozing.
sum-out-of-limits = ⚠️ Bu summa ruxsat etilgan chegaradan tashqarida.
method-title = 💰 <b>{ $title }</b>: { $sum }
    Qaysi ilova orqali to'laysiz?
method-any = 🌐 Sahifada tanlayman
topup-preparing = ⏳ To'lov tayyorlanmoqda, biroz kuting…
topup-too-many = ⚠️ Sizda ochiq to'lovlar juda ko'p. Avval ulardan birini to'lang yoki bekor qiling.
topup-live = ℹ️ Sizda bu usulda ochiq to'lov bor. Avval uni to'lang yoki bekor qiling.
topup-live-other = ℹ️ Sizda bu usulda { $sum }lik ochiq to'lov bor. Boshqa summa kerak bo'lsa, avval uni bekor qiling.
topup-paused = ⏸ Bu usul vaqtincha to'xtatilgan. Iltimos, boshqa usulni tanlang.
topup-absent = ⏸ Bu usul endi mavjud emas. Iltimos, boshqa usulni tanlang.
topup-busy = ⚠️ Shu summa atrofidagi barcha summalar hozir band. Boshqa summa kiriting yoki birozdan keyin urinib ko'ring.

# Buyurtma
order-title = { $icon } <b>To'lov № { $id }</b> · { $provider }
order-exact-sum = 💰 Aniq summa: <b>{ $sum }</b> (<code>{ $plain }</code>)
order-sum = 💰 Summa: <b>{ $sum }</b>
order-card = 💳 Karta: <code>{ $card }</code>
order-holder = 👤 Karta egasi: { $holder }
order-method = 📱 Usul: { $method }
order-deadline = ⏰ To'lash muddati: soat <b>{ $time }</b> gacha (Toshkent vaqti)
order-how-page = « 💳 To'lash » tugmasini bosib to'lang. Pul kelishi bilan balansingiz avtomatik to'ldiriladi.
order-how-transfer = Istalgan bank ilovasi orqali shu kartaga pul o'tkazing. Pul kelishi bilan balansingiz avtomatik to'ldiriladi.
order-exact-warning = ⚠️ <b>Aynan shu summani o'tkazing.</b> Boshqa summa avtomatik topilmaydi.
order-state = Holati: <b>{ $state }</b>
order-received = 💵 Kelgan summa: <b>{ $sum }</b>
order-date = 📅 { $date }
order-after-paid = Pul balansingizga tushdi. Rahmat!
order-after-expired = Endi bu to'lov uchun pul o'tkazmang. Agar o'tkazib bo'lgan bo'lsangiz, xavotir olmang: pul kelsa, balansingizga avtomatik tushadi.
order-after-cancelled = Bu to'lov uchun pul o'tkazmang. Agar o'tkazib bo'lgan bo'lsangiz, xavotir olmang: pul kelsa, balansingizga avtomatik tushadi.
order-after-failed = To'lov amalga oshmadi. Qaytadan yoki boshqa usul bilan urinib ko'ring.
order-after-review = Kelgan summa kutilgan summadan farq qiladi. To'lovni xodimimiz ko'rib chiqmoqda, natijasini xabar qilamiz.
order-after-review-same = Bu to'lov uchun pul kelgani haqida xabar bor. Pul aynan o'z egasiga tushishi uchun xodimimiz tekshirmoqda, natijasini xabar qilamiz.
order-after-refused = To'lov balansga o'tkazilmadi. Savolingiz bo'lsa, qo'llab-quvvatlash xizmatiga murojaat qiling.
order-cancel-question = { $sum }lik to'lov rostdan ham bekor qilinsinmi?

    ⚠️ Agar pulni allaqachon o'tkazgan bo'lsangiz, bekor qilmang va biroz kuting.
state-creating = tayyorlanmoqda
state-waiting = kutilmoqda
state-paid = to'langan
state-expired = muddati o'tgan
state-cancelled = bekor qilindi
state-failed = amalga oshmadi
state-review = tekshirilmoqda
state-refused = rad etildi

# Tarix
history-title = 📜 <b>To'lovlar tarixi</b>
history-empty = Hali to'lovlar yo'q. Birinchisini hozir qilishingiz mumkin.
history-hint = Batafsil ko'rish uchun to'lovni tanlang.

# More often than people do, and when it goes on
quota-open_order = ⏳ So'nggi vaqtda ko'p to'lov ochdingiz. Yangisini { $time } dan boshlab ochish mumkin. Ochiq to'lovlar odatdagidek davom etadi.
quota-sums_near = ⏳ Bu summadan bir necha marta foydalandingiz. Boshqa summa kiriting yoki shu summani { $time } dan keyin tanlang.
quota-check_order = ⏳ Siz ko'p marta tekshirdingiz. Tugma { $time } dan boshlab yana ishlaydi, ungacha o'zimiz tekshirib turamiz.
quota-cancel_order = ⏳ So'nggi vaqtda ko'p to'lovni bekor qildingiz. To'lamasangiz, bunisi o'zi yopiladi; tugma { $time } dan boshlab yana ishlaydi.
quota-account_info = ⏳ Qisqa vaqtda ko'p hisobni ko'rdingiz. { $time } dan boshlab davom etishingiz mumkin.
quota-link_card = ⏳ Bugun bir necha marta karta qo'shishni boshladingiz. Keyingisini { $time } dan boshlab qo'shish mumkin.
quota-card_code = 🔒 Bu karta uchun kod bir necha marta noto'g'ri kiritildi. Karta xavfsizligi uchun keyingi kodni { $time } dan boshlab kiritish mumkin. Sizdan pul yechilmadi.
quota-new_code = ⏳ So'nggi vaqtda ko'p kod so'radingiz. Keyingisini { $time } dan boshlab so'rash mumkin. Sizdan pul yechilmadi.
quota-pay_bill = ⏳ Qisqa vaqtda ko'p to'lov qildingiz. Keyingisini { $time } dan boshlab qilish mumkin. Sizdan pul yechilmadi.

# Qisqa javoblar
toast-old = Bu tugma eskirgan. Bosh menyudan qayta boshlang.
toast-too-soon = ⏳ Hozirgina tekshirildi. Bir necha soniyadan keyin qayta bosing.
toast-still-waiting = ⏳ To'lov hali kelmadi. Kelishi bilan xabar beramiz.
toast-paid = ✅ To'lov qabul qilindi!
toast-review = 🔎 To'lovni xodimimiz ko'rib chiqmoqda.
toast-over = Bu to'lov yakunlangan.
toast-no-answer = ⚠️ To'lov tizimi hozir javob bermayapti. Tekshirishda davom etamiz, xavotir olmang.
toast-cancelled = ❌ To'lov bekor qilindi.
toast-owner-checked = Tekshirildi.
toast-owner-done = ✅ Bajarildi.
toast-owner-decided = Bu bo'yicha qaror avval qabul qilingan.
toast-owner-not-blocked = Egani bloklab bo'lmaydi.

# Buyruqlar ro'yxati
command-start = Bosh menyu
command-topup = Balansni to'ldirish
command-balance = Balans
command-history = To'lovlar tarixi
command-language = Tilni o'zgartirish
command-help = Yordam
command-cancel = Boshlangan amalni bekor qilish
owner-command-user = Foydalanuvchi: ID yoki @nom
owner-command-credit = Balansga qo'shish: foydalanuvchi summa sabab
owner-command-debit = Balansdan yechish: foydalanuvchi summa sabab
owner-command-orders = Ochiq to'lovlar
owner-command-order = To'lov: ID

# To'lov tizimidagi muammolar: foydalanuvchiga
problem-wrong_keys = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-shop_inactive = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-monthly_fee_unpaid = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-account_not_linked = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-card_not_linked = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-subscription_ended = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-ip_not_whitelisted = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-callback_not_whitelisted = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-website_not_whitelisted = 😔 Bu usul hozir ishlamayapti. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-amount_too_low = ⚠️ Bu usul uchun summa juda kichik. Kattaroq summa bilan urinib ko'ring. Sizdan pul yechilmadi.
problem-amount_too_high = ⚠️ Bu usul uchun summa juda katta. Kichikroq summa yoki boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-missing_parameters = 😔 To'lovni ochib bo'lmadi. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-order_code_taken = 😔 To'lovni ochib bo'lmadi. Qayta urinib ko'ring. Sizdan pul yechilmadi.
problem-unknown_order = 😔 To'lov tizimi bu to'lovni topa olmadi. Qayta urinib ko'ring. Sizdan pul yechilmadi.
problem-rate_limited = ⏳ To'lov tizimi hozir band. Bir necha daqiqadan keyin urinib ko'ring yoki boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-maintenance = 🛠 To'lov tizimida texnik ishlar olib borilmoqda. Boshqa usulni tanlang yoki keyinroq urinib ko'ring. Sizdan pul yechilmadi.
problem-server_error = 😔 To'lov tizimida nosozlik. Boshqa usulni tanlang yoki keyinroq urinib ko'ring. Sizdan pul yechilmadi.
problem-bad_answer = 😔 To'lov tizimida nosozlik. Boshqa usulni tanlang yoki keyinroq urinib ko'ring. Sizdan pul yechilmadi.
problem-timeout = 😔 To'lov tizimi javob bermadi. Qayta urinib ko'ring yoki boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-network = 😔 To'lov tizimi bilan aloqa yo'q. Qayta urinib ko'ring yoki boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-budget_spent = ⏳ Bu usulda hozir so'rovlar ko'p. Bir necha daqiqadan keyin urinib ko'ring yoki boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-busy_here = ⏳ Bu to'lov tizimi hozir sekin ishlayapti va navbat uzun. Bir ozdan keyin urinib ko'ring yoki boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-share_spent = ⏳ Oxirgi bir soatda bu usuldan juda ko'p foydalandingiz. Boshqa usulni tanlang yoki bunisiga birozdan keyin qayting. Sizdan pul yechilmadi.
problem-refused = 😔 To'lov tizimi to'lovni ochmadi. Boshqa usulni tanlang. Sizdan pul yechilmadi.
problem-unreadable_payment = 🔎 To'lov tizimi to'lov kelganini bildirdi, lekin summasi aniqlanmadi. Xodimimiz tekshirib, sizga xabar beradi.

# Foydalanuvchiga xabarlar
message-paid = ✅ <b>{ $sum }</b> balansingizga tushdi! (№ { $id })
message-paid-late = To'lov muddatidan keyin keldi, lekin qabul qilindi.
message-bill-paid = ✅ To'landi: <b>{ $sum }</b> — { $service } (№ { $id })
message-balance = 💰 Balansingiz: <b>{ $sum }</b>
message-review = 🔎 № { $id } to'lov bo'yicha <b>{ $paid }</b> keldi, kutilgan summa esa { $sum } edi. Xodimimiz ko'rib chiqadi va sizga xabar beramiz.
message-review-same = 🔎 № { $id } to'lov bo'yicha <b>{ $paid }</b> keldi. Pul aynan o'z egasiga tushishi uchun xodimimiz tekshiradi va sizga xabar beramiz.
message-refused = ❌ № { $id } to'lov bo'yicha kelgan { $paid } balansga o'tkazilmadi. Pulni qaytarish bo'yicha qo'llab-quvvatlash xizmatiga murojaat qiling.
message-interrupted = 😔 № { $id } to'lovni ({ $provider }) ochib bo'lmadi. Sizdan pul yechilmadi. Iltimos, qayta urinib ko'ring.
message-credited = ➕ Balansingizga <b>{ $sum }</b> qo'shildi.
message-debited = ➖ Balansingizdan <b>{ $sum }</b> yechildi.
message-reason = Sabab: { $reason }

# Egalar uchun
owner-usage-credit = Foydalanish: <code>/credit 123456789 50000 sabab</code>
    Foydalanuvchi — ID yoki @nom; summa so'mda: <code>50 000</code>, <code>50k</code>, <code>1,5 mln</code>, <code>50 001,50</code>; keyin sabab, uni foydalanuvchi o'qiydi.
owner-usage-debit = Foydalanish: <code>/debit 123456789 50000 sabab</code>
    Foydalanuvchi — ID yoki @nom; summa so'mda: <code>50 000</code>, <code>50k</code>, <code>1,5 mln</code>, <code>50 001,50</code>; keyin sabab, uni foydalanuvchi o'qiydi.
owner-no-user = Bunday foydalanuvchi topilmadi. U avval botga yozgan bo'lishi kerak.
owner-user-title = 👤 <b>{ $name }</b> · <code>{ $id }</code>
owner-user-balance = 💰 Balans: <b>{ $available }</b>, band qilingan: { $held }
owner-user-language = 🌐 Til: { $language }
owner-user-dates = 📅 Birinchi marta: { $created }, oxirgi marta: { $seen }
owner-user-blocked = 🚫 Bloklangan: { $at }
owner-user-unreachable = 🔕 Botni o'zi bloklagan
owner-money-credit = ➕ <b>Balansga qo'shish: { $sum }</b>
owner-money-debit = ➖ <b>Balansdan yechish: { $sum }</b>
owner-money-user = 👤 { $name } · <code>{ $id }</code>
owner-money-reason = Sabab: { $reason }
owner-money-figures = Balans: { $before } → <b>{ $after }</b>
owner-money-sure = Tasdiqlaysizmi?
owner-money-done = ✅ Bajarildi.
owner-money-dropped = ❌ Bekor qilindi, hech narsa o'zgarmadi.
owner-money-too-much = ⚠️ Yechib bo'lmaydi: balansda { $available }, so'ralgan summa { $sum }.
owner-order-sums = So'ralgan: { $base }, to'lanishi kerak: <b>{ $amount }</b>, kelgan: <b>{ $paid }</b>
owner-order-dates = 📅 Ochilgan: { $created }, muddati: { $expires }
owner-order-provider-order = To'lov tizimidagi ID: <code>{ $id }</code>
owner-order-reason = Sabab: <code>{ $reason }</code>
owner-order-problem = Oxirgi muammo: <code>{ $problem }</code>
owner-order-checks = Tekshiruvlar: { $count }, oxirgisi: { $last }
owner-order-history = <b>Tarix</b>
owner-order-history-line = { $date } · { $to } · { $cause }
owner-ask-refuse = Kelgan <b>{ $paid }</b> rad etilsinmi? Pul balansga tushmaydi, uni o'zingiz qaytarishingiz kerak. Kutilgan summa: { $sum }.
owner-review =
    🔎 <b>Boshqa summa keldi</b>
    № { $id } · { $provider } · { $date }
    Kutilgan: { $sum }
    Kelgan: <b>{ $paid }</b>
owner-review-same =
    🔎 <b>O'sha summa ikkinchi marta keldi</b>
    № { $id } · { $provider } · { $date }
    Kelgan: <b>{ $paid }</b>

# Egalar uchun ogohlantirishlar
alarm-provider = 🚨 <b>{ $provider }</b>
alarm-times = Oxirgi xabardan beri { $times } marta.
alarm-unreadable-payment = 🚨 <b>{ $provider }</b>: № { $id } to'langan deyilgan, lekin summasi yoki raqami o'qilmadi. Hech narsa hisobga o'tkazilmadi. To'lov tizimi kabinetidan tekshirib, qaror qiling.
alarm-unknown-word = ⚠️ <b>{ $provider }</b> № { $id } holatini hujjatida yo'q so'z bilan atadi. To'lov kuzatilishda davom etadi. Bu so'z nimani bildirishini aniqlang:
alarm-unknown-word-paid = 🚨 <b>{ $provider }</b> № { $id } holatini hujjatida yo'q so'z bilan atadi, lekin u “to'langan”ga o'xshaydi. Hech narsa hisobga o'tkazilmadi. To'lov tizimi kabinetidan tekshirib, qaror qiling. So'zning o'zi:
alarm-unknown-word-settled = 🚨 № { $id } to'lovi kelib tushgan edi, endi esa <b>{ $provider }</b> uning holatini hujjatida yo'q so'z bilan atayapti. Pul to'lovchiga qaytgan bo'lishi mumkin. To'lov tizimi kabinetidan tekshiring; pul u yerda bo'lmasa, summani balansdan yeching. So'zning o'zi:
alarm-paid-unopened = 🚨 <b>{ $provider }</b> № { $id } to'langanini bildirdi, lekin u ochilayotganda javob kelmagan, shuning uchun holatini so'rab bo'lmaydi. Hech narsa hisobga o'tkazilmadi. To'lov tizimi kabinetidan tekshirib, qaror qiling.
alarm-books-broken = 🚨 <b>Hisob-kitobda nomuvofiqlik topildi.</b> Sababi aniqlanmaguncha qo'lda amal bajarmang. Bazadan nusxa oling va <code>docs/operations.md</code> dagi «<code>The books do not add up</code>» bo'limiga amal qiling.
alarm-clock-jumped = 🚨 <b>Server soati o'zgardi.</b> Soat { $wall } ni ko'rsatyapti, dastur hisobida esa hozir { $counted }. Dastur faqat bir joyda barqaror turgan soatga ishonadi, ungacha unga qarab birorta to'lovni yopmaydi. Serverda vaqtni tekshiring: <code>timedatectl</code>.
alarm-program-error = 🚨 Dasturda xatolik: <code>{ $where }</code>. Jurnalni ko'ring; takrorlansa, dasturni yangilang yoki jurnaldagi yozuvlar bilan xabar bering.
alarm-chat-moved = ℹ️ Ogohlantirishlar guruhi superguruhga aylandi, endi uning raqami: <code>{ $to }</code>. Xabarlar o'sha yerga boradi, hech narsa yo'qolmadi. Bo'sh vaqtingizda <code>ADMIN_CHAT_ID</code> ga shu raqamni yozing (eskisi: <code>{ $from }</code>).
alarm-chat-silent = 🚨 <b>Ogohlantirishlar guruhi (<code>{ $chat }</code>) xabar qabul qilmayapti.</b> { $count } ta xabar saqlab turibman va har yarim soatda qayta yuboraman. Botni guruhga qaytaring va unga yozish huquqini bering. Telegram javobi:
alarm-backup-disk_full = 🚨 <b>Zaxira nusxa olinmadi</b>: disk to'lgan. Joy bo'shating, <code>BACKUP_KEEP</code> qiymatini kamaytiring yoki <code>BACKUP_DIR</code> ga kattaroq disk ko'rsating, so'ng <code>npm run backup</code> buyrug'ini bajaring.
alarm-backup-not_writable = 🚨 <b>Zaxira nusxa olinmadi</b>: nusxalar papkasiga yozib bo'lmayapti. Dastur foydalanuvchisiga <code>BACKUP_DIR</code> uchun ruxsat bering yoki boshqa papka ko'rsating, so'ng <code>npm run backup</code> buyrug'ini bajaring.
alarm-backup-damaged = 🚨 <b>Zaxira nusxa olinmadi: ma'lumotlar bazasi buzilgan.</b> Dasturni to'xtating, fayllarini saqlab qo'ying va oxirgi butun nusxani <code>npm run restore</code> bilan tiklang.
alarm-backup-books_broken = 🚨 <b>Zaxira nusxada hisob-kitob mos kelmayapti.</b> U <code>.suspect</code> nomi bilan saqlandi, oldingi nusxalar joyida. Qo'lda amal bajarmang, <code>docs/operations.md</code> dagi «<code>The books do not add up</code>» bo'limiga amal qiling.
alarm-backup-too_large = ⚠️ <b>Zaxira nusxa yuborilmadi</b>: u bot yubora oladigan 50 MB dan katta. U <code>BACKUP_DIR</code> da turibdi: uni serverdan boshqa yo'l bilan oling va <code>BACKUP_TO_ADMIN=false</code> qilib qo'ying.
alarm-backup-not_sent = ⚠️ <b>Zaxira nusxa yuborilmadi</b>: Telegram uni qabul qilmadi. U <code>BACKUP_DIR</code> da turibdi: uni serverdan qo'lda oling. Keyingisi ertaga yuboriladi.
alarm-backup-failed = 🚨 <b>Zaxira nusxa olinmadi.</b> Serverda <code>npm run backup</code> buyrug'ini bajaring va u aytganini qiling.
alarm-database-gone = 🚨 <b>Ma'lumotlar bazasi fayli joyida yo'q.</b> Endi hech narsa yozilmaydi: na to'ldirishlar, na to'lovlar. Dasturni to'xtating, faylni joyiga qaytaring yoki nusxani <code>npm run restore</code> bilan tiklang va dasturni qayta ishga tushiring.
alarm-database-damaged = 🚨 <b>Ma'lumotlar bazasi buzilgan.</b> Dasturni to'xtating, fayllarini saqlab qo'ying va oxirgi butun nusxani <code>npm run restore</code> bilan tiklang. Diskka yana ishonishdan oldin uni tekshiring.
alarm-many = 🚨 <b>Qisqa vaqtda yana { $count } ta ogohlantirish keldi.</b> Ular bittalab yuborilmaydi. Jurnalni ko'ring: odatda hammasining sababi bitta bo'ladi.
alarm-problem-wrong_keys = Kalitlar noto'g'ri. Sozlamalardagi do'kon ID va kalitini tekshiring.
alarm-problem-shop_inactive = Do'kon faol emas. Kabinetda uni faollashtiring yoki qo'llab-quvvatlashga yozing.
alarm-problem-monthly_fee_unpaid = Oylik to'lov qilinmagan. To'lov tizimi kabinetida to'lang.
alarm-problem-account_not_linked = Do'konga hisob ulanmagan. Kabinetda hisobni ulang.
alarm-problem-card_not_linked = Karta ulanmagan. Kabinetda kartani ulang va sozlamalardagi karta bilan solishtiring.
alarm-problem-subscription_ended = Obuna tugagan yoki limit sarflangan. Kabinetda obunani uzaytiring.
alarm-problem-ip_not_whitelisted = Server IP manzili ruxsat etilmagan. Uni kabinetda ro'yxatga qo'shing.
alarm-problem-callback_not_whitelisted = Bildirishnoma domeni ro'yxatdan o'tmagan. PUBLIC_URL domenini kabinetda qo'shing.
alarm-problem-website_not_whitelisted = Sayt domeni ro'yxatdan o'tmagan. Uni kabinetda qo'shing.
alarm-problem-amount_too_low = To'lov tizimi summani juda kichik deb rad etdi. TOPUP_MIN qiymatini oshiring.
alarm-problem-amount_too_high = To'lov tizimi summani juda katta deb rad etdi. TOPUP_MAX qiymatini kamaytiring yoki tarifni oshiring.
alarm-problem-missing_parameters = To'lov tizimi so'rovda maydon yetishmaydi deydi. Uning hujjati o'zgargan bo'lishi mumkin, dasturni yangilang.
alarm-problem-order_code_taken = Buyurtma kodi band deyilmoqda. Takrorlansa, shu do'kon boshqa dasturda ham ishlatilmayotganini tekshiring.
alarm-problem-unknown_order = To'lov tizimi buyurtmani tanimayapti. Do'kon ID to'g'riligini tekshiring.
alarm-problem-rate_limited = So'rovlar chegarasidan oshildi. So'rovlar sekinlashtirildi, takrorlansa, tarifni ko'rib chiqing.
alarm-problem-maintenance = To'lov tizimida texnik ishlar. Tugashini kuting yoki usulni vaqtincha o'chiring.
alarm-problem-server_error = To'lov tizimi serverida xatolik. Davom etsa, ularning qo'llab-quvvatlashiga yozing.
alarm-problem-bad_answer = To'lov tizimi tushunarsiz javob qaytardi. Manzil sozlamasini tekshiring; davom etsa, ularga yozing.
alarm-problem-timeout = To'lov tizimi o'z vaqtida javob bermayapti. Davom etsa, ularning qo'llab-quvvatlashiga yozing.
alarm-problem-network = To'lov tizimiga ulanib bo'lmayapti. Server internetini va manzil sozlamasini tekshiring.
alarm-problem-budget_spent = Soatlik so'rovlar tugadi. Tekshiruvlar kechikadi; webhooklarni yoqing yoki limitni oshirishni so'rang.
alarm-problem-busy_here = Bizdagi navbat to'lib ketdi, so'rov yuborilmadi.
alarm-problem-share_spent = Bir kishi shu soatdagi so'rovlardan o'z ulushini tugatdi. Boshqalarda hammasi ishlayapti.
alarm-problem-refused = To'lov tizimi so'rovni rad etdi. Quyidagi javobni o'qib, kabinetni tekshiring.
alarm-problem-unreadable_payment = To'lov tizimi to'landi deydi, lekin summani o'qib bo'lmadi. Uni kabinetdan tekshirib, to'lov bo'yicha qaror qiling.

# Bosh menyu: to'lovlar
menu-pay = 🧾 Kommunal to'lovlar
command-pay = Kommunal va boshqa to'lovlar
command-cards = Mening kartalarim
help-pay =
    /pay — kommunal to'lovlar
    /cards — kartalarim

# To'lov tugmalari
button-bills = 📜 To'lovlarim
button-cards = 💳 Kartalarim
button-saved-list = ⭐ Saqlanganlar: { $count }
button-stop = ❌ Bekor qilish
button-next = ✅ Ha, davom etish
button-keep = ➡️ { $value } qolsin
button-skip = ⏭ O'tkazib yuborish
button-show-all = 📋 Hammasi
button-debt = Qarz: { $sum }
button-from-balance = 💰 Balans: { $sum }
button-card-link = ➕ Karta ulash
button-card-remove = 🗑 O'chirish •{ $mask }
button-remove-yes = 🗑 Ha, o'chirilsin
button-topup-missing = 💰 { $sum } to'ldirish
button-pay-continue = ▶️ To'lovni davom ettirish
button-continue = ▶️ Davom etish
story-changed = Bot hozirgina yangilandi. Hech narsa yo'qolmadi — shu yerdan davom etamiz.
button-pay-now = ✅ { $sum } to'lash
button-pay-repeat = 🔁 Ha, yana to'lansin
button-pay-again = 🧾 Kommunal to'lovlar
button-to-pay = 🧾 Kommunal to'lovlar
button-other-sum = ✏️ Boshqa summa
button-other-source = 💳 Boshqa usul
button-save-account = ⭐ Saqlash
button-saved-pay = 🧾 To'lash
button-rename = ✏️ Nomini o'zgartirish
button-saved-remove = 🗑 O'chirish
button-repeat = 🔁 Takrorlash
button-new-code = 🔢 Yangi kod
button-cancel-bill = ❌ To'lovni bekor qilish

# Qisqa javoblar: to'lovlar
toast-service-paused = ⏸ Bu xizmatga hozircha to'lab bo'lmaydi. Keyinroq urinib ko'ring.

# Yetmagan summani to'ldirish
providers-for =
    💰 <b>{ $sum } to'ldirish</b>
    To'lov usulini tanlang. Pul tushgach, « ▶️ To'lovni davom ettirish » tugmasini bosing.

# Kommunal to'lovlar
pay-title = 🧾 <b>Kommunal to'lovlar</b>
pay-hint = Bo'limni tanlang yoki xizmat nomini yozing.
pay-hint-saved = Saqlangan hisobni yoki bo'limni tanlang, yoxud xizmat nomini yozing.
pay-hint-search = Xizmatni tanlang yoki nomini yozing.
pay-stale = ⚠️ To'lov xizmati hozir javob bermayapti, ro'yxat eskirgan bo'lishi mumkin.
pay-stale-form = ⚠️ To'lov xizmati hozir javob bermayapti, bu ma'lumotlar eskirgan bo'lishi mumkin.
pay-category = 📂 <b>{ $name }</b>
pay-category-other = Boshqalar
pay-search = 🔎 « { $query } » bo'yicha topildi:
pay-search-none = 🔎 « { $query } » bo'yicha hech narsa topilmadi. Boshqa so'z bilan urinib ko'ring.
pay-unavailable = 😔 Bu xizmatga hozircha to'lab bo'lmaydi. Keyinroq urinib ko'ring.
pay-stopped = Bekor qilindi. Hech narsa to'lanmadi.
pay-service = 🧾 <b>{ $name }</b>
pay-line = { $label }: <b>{ $value }</b>
pay-choose = 👇 Tanlang: <b>{ $label }</b>
pay-enter = ✍️ Kiriting: <b>{ $label }</b>
pay-hint-options = Ro'yxat uzun: nomining bir qismini yozishingiz mumkin.
pay-hint-digits = Faqat raqamlar, boshidagi nollari bilan.
pay-no-options = 😔 Hozir bu yerda tanlash uchun hech narsa yo'q. Orqaga qaytib, boshqa javobni tanlang.
pay-bad-digits = ⚠️ Bu yerga faqat raqam yoziladi. Tekshirib, qaytadan yozing.
pay-bad-length = ⚠️ Juda uzun: ko'pi bilan { $max } ta belgi. Tekshirib, qaytadan yozing.
pay-bad-pattern = ⚠️ Bu xizmat uchun mos emas. Tekshirib, qaytadan yozing.
pay-bad-empty = ⚠️ Hech narsa kiritilmadi. Qaytadan yozing.
pay-form-changed = ℹ️ Xizmat so'raydigan ma'lumotlar o'zgardi. Iltimos, buni qaytadan to'ldiring.
pay-info-check = Hisob to'g'rimi?
pay-debt = ❗ Qarz: <b>{ $sum }</b>
pay-sum-title = 💰 <b>Qancha to'laysiz?</b>
pay-source-title = 💳 <b>Qayerdan to'laysiz?</b>
pay-balance-fee = Balansdan to'lashda xizmat haqi: { $fee }
pay-card-gone = ⚠️ Bu karta endi ulanmagan. Boshqa usulni tanlang.
pay-fee-changed = ℹ️ Xizmat haqi o'zgardi. Yangi jami summani tekshirib, yana tasdiqlang. Hech narsa yechilmadi.
pay-shown-changed = ℹ️ Bu ekrandagi ma'lumotlar o'zgardi. Ularni tekshirib, yana tasdiqlang. Hech narsa yechilmadi.
pay-short =
    ⚠️ <b>Balansda mablag' yetarli emas.</b>
    To'lash kerak: { $total }
    Balansda: { $available }
    Yetmayapti: <b>{ $missing }</b>
pay-confirm-title = ❓ <b>Tekshiring va tasdiqlang</b>
pay-confirm-code = 📱 Karta egasining telefoniga SMS orqali kod keladi.
pay-cannot-be-undone = ‼️ <b>Bu to'lovni bekor qilib bo'lmaydi. Hisob va summani yaxshilab tekshiring.</b>
pay-line-sum = 💰 Summa: <b>{ $sum }</b>
pay-line-fee = Xizmat haqi: { $fee }
pay-line-total = Jami: <b>{ $total }</b>
pay-from-balance = Qayerdan: balans
pay-from-card = Qayerdan: karta { $mask }
pay-repeated = ⚠️ Siz soat { $time } da xuddi shu hisobga { $sum } to'lov qilgansiz. <b>Yana bir marta</b> to'lansinmi?
pay-too-many = ⚠️ Tugallanmagan to'lovlaringiz ko'p. Avval ulardan birini yakunlang.
pay-unavailable-paused = ⏸ Balansdan to'lash vaqtincha to'xtatilgan. Kartadan to'lashingiz mumkin. Hech narsa yechilmadi.
pay-unavailable-no_operator_card = ⏸ Balansdan to'lab bo'lmaydi. Kartadan to'lashingiz mumkin. Hech narsa yechilmadi.
pay-unavailable-service = ⏸ Bu xizmatga hozircha to'lab bo'lmaydi. Keyinroq urinib ko'ring. Hech narsa yechilmadi.
pay-unavailable-provider = 😔 To'lov xizmati hozir javob bermayapti. Keyinroq urinib ko'ring. Hech narsa yechilmadi.
pay-unavailable-busy = ⏳ Hozir to'lovlar juda ko'p. Bir daqiqadan keyin urinib ko'ring. Hech narsa yechilmadi.
pay-working = ⏳ To'lov bajarilmoqda, bir daqiqa… Qaytadan to'lamang.
pay-asking = ⏳ Kod so'ralmoqda, bir daqiqa…
pay-code = 🔢 SMS orqali kelgan kodni yozing (4–8 ta raqam). Xabaringiz darhol o'chiriladi.
pay-code-phone = 🔢 { $phone } raqamiga SMS orqali kelgan kodni yozing (4–8 ta raqam). Xabaringiz darhol o'chiriladi.
pay-code-bad = ⚠️ Kod 4–8 ta raqamdan iborat. Qaytadan yozing.
pay-code-wrong = ❌ Kod noto'g'ri. Qolgan urinishlar: { $left }.
pay-code-expired = ⌛ Kodning muddati tugadi. Hech narsa yechilmadi.
pay-code-tries = ❌ Kod ko'p marta noto'g'ri kiritildi. Hech narsa yechilmadi.
pay-code-no-more = ⚠️ Bu to'lov uchun boshqa kod yuborib bo'lmaydi. Uni bekor qilib, qaytadan boshlang. Hech narsa yechilmadi.
pay-code-new = ✅ Yangi kod yuborildi.
pay-code-not-new = ⚠️ Yangi kod yuborib bo'lmadi.
pay-code-new-needed = Boshqa kod olish uchun « 🔢 Yangi kod » tugmasini bosing yoki to'lovni bekor qiling.
pay-code-not-sent = Kod ishlatilmadi: xuddi shu kodni qayta kiritishingiz mumkin.
pay-save-name = ⭐ <b>{ $name }</b> hisobi uchun nom yozing, masalan « Uy » yoki « Ota-onam ».
pay-save-bad-name = ⚠️ Nom 1 tadan { $max } tagacha belgidan iborat bo'lsin. Boshqa nom yozing.
pay-saved = ⭐ Saqlandi. Keyingi safar ro'yxat boshida turadi.
pay-saved-too-many = ⚠️ Saqlangan hisoblaringiz juda ko'p. Avval birini o'chiring.
pay-saved-title = ⭐ <b>Saqlangan hisoblar</b>
pay-saved-none = ⭐ Saqlangan hisoblar hali yo'q. To'lovdan keyin saqlab qo'yishingiz mumkin.
pay-saved-remove = « { $name } » saqlangan hisoblardan o'chirilsinmi?
pay-saved-one = ⭐ <b>{ $name }</b>
pay-rename = ✏️ « { $name } » uchun yangi nom yozing.
pay-renamed = ⭐ Nomi o'zgartirildi.

# Bitta to'lov
bill-title = { $icon } <b>To'lov № { $id }</b>
bill-state = Holati: <b>{ $state }</b>
bill-state-working = to'lanmoqda
bill-state-code = kod kutilmoqda
bill-state-clarifying = aniqlanmoqda
bill-state-paid = to'langan
bill-state-failed = to'lanmadi
bill-state-refunded = pul qaytarilgan
bill-ref = Chek: <code>{ $ref }</code>
bill-after-paid = Rahmat! To'lov amalga oshirildi.
bill-after-working = ⏳ To'lov bajarilmoqda. Natijasini xabar qilamiz. Qaytadan to'lamang.
bill-after-clarifying = 🔎 To'lov xizmati hali aniq javob bermadi. Pulingiz band qilingan va xavfsiz: yo to'lov o'tadi, yo pul qaytadi. <b>Qaytadan to'lamang</b>, natijasini xabar qilamiz.
bill-after-clarifying-card = 🔎 To'lov xizmati hali aniq javob bermadi. <b>Qaytadan to'lamang</b>, aniqlab, natijasini xabar qilamiz.
bill-after-refunded = ↩️ <b>{ $sum }</b> balansingizga qaytarildi.
bill-money-back = 💰 To'lov o'tmadi, pulning hammasi balansingizga qaytdi.
bill-not-charged = Hech narsa yechilmadi.
bill-hint-waste = ♻️ Avval chiqindi uchun qarzni to'lash kerak ko'rinadi.
bill-cancel-question = To'lov rostdan ham bekor qilinsinmi?
bill-list-title = 📜 <b>To'lovlarim</b>
bill-list-none = Hozircha to'lovlar yo'q.
bill-owner-title = 🔎 <b>To'lov bo'yicha qaroringiz kerak</b>: № { $id }
bill-owner-user = 👤 { $who } · <code>{ $id }</code>
bill-owner-reason = Sabab: <code>{ $reason }</code>
bill-owner-evidence = <b>Ma'lumotlar</b>
bill-owner-decide = To'lov xizmati kabinetidan tekshirib, qaror qiling: to'langan yoki to'lanmagan.

# Nega to'lanmadi
bill-reason-other = 😔 To'lov o'tmadi. Birozdan keyin qayta urinib ko'ring.
bill-reason-no_answer = 😔 To'lov xizmati javob bermadi. Birozdan keyin qayta urinib ko'ring.
bill-reason-interrupted = 😔 To'lov yuborilishidan oldin uzilib qoldi. Qayta urinib ko'ring.
bill-reason-paused = ⏸ Balansdan to'lash vaqtincha to'xtatilgan. Kartadan to'lashingiz mumkin.
bill-reason-cancelled = Siz bu to'lovni bekor qildingiz.
bill-reason-no_code = ⌛ Kod o'z vaqtida kiritilmadi.
bill-reason-cancelled_at_paylov = 😔 To'lov xizmati to'lovni bekor qildi.
bill-reason-owner = 🔎 Tekshirdik: to'lov o'tmagan.
bill-reason-other_amount = 😔 To'lov o'tmadi. Birozdan keyin qayta urinib ko'ring.
bill-reason-unclear = 😔 To'lov o'tmadi. Birozdan keyin qayta urinib ko'ring.

# Hisob haqida
bill-info-fio = F.I.SH.
bill-info-address = Manzil
bill-info-saldo = Hisob holati
bill-info-last_paid = Oxirgi to'lov
bill-info-last_paid_date = Oxirgi to'lov sanasi
bill-info-region = Viloyat
bill-info-soato = Tuman
bill-info-customer_code = Hisob raqami
bill-info-pokcob = Hisoblagich ko'rsatkichi
bill-info-dateob = Ko'rsatkich sanasi
bill-info-tariff_price = Tarif
bill-info-kwn = Iste'mol
bill-info-time = Vaqt

# Kartalar
card-list-title = 💳 <b>Kartalarim</b>
card-list-none = Hali karta ulanmagan.
card-line = • <code>{ $mask }</code>
card-link-title = ➕ <b>Karta ulash</b>
card-ask-number = Kartaning 16 ta raqamini yozing. Xabaringiz darhol o'chiriladi, raqam hech qayerda saqlanmaydi.
card-ask-expiry = Amal qilish muddatini yozing: oy va yil, masalan <code>09/28</code>.
card-ask-code = 🔢 <code>{ $mask }</code> kartasi uchun SMS orqali kelgan kodni yozing (4–8 ta raqam).
card-ask-code-phone = 🔢 <code>{ $mask }</code> kartasi uchun { $phone } raqamiga SMS orqali kelgan kodni yozing (4–8 ta raqam).
card-bad-number = ⚠️ Karta raqami 16 ta raqamdan iborat. Tekshirib, qaytadan yozing.
card-bad-expiry = ⚠️ Oy va yilni yozing, masalan <code>09/28</code>.
card-number-again = ⏳ Xavfsizlik uchun karta raqami saqlanmadi. Uni qaytadan yozing.
card-linked = ✅ { $mask } kartasi ulandi.
card-removed = 🗑 { $mask } kartasi o'chirildi.
card-remove-question = <code>{ $mask }</code> kartasi o'chirilsinmi?

# To'lov va karta muammolari: foydalanuvchiga
bill-problem-card_not_found = 💳 Karta topilmadi. Raqamini tekshiring.
bill-problem-card_is_blocked = 💳 Karta bloklangan. Boshqa kartadan foydalaning yoki bankingizga murojaat qiling.
bill-problem-card_expired = 💳 Kartaning muddati tugagan. Boshqa kartadan foydalaning.
bill-problem-sms_not_active = 📱 Bu kartada SMS xabarnoma yoqilmagan. Uni bankingizda yoqtiring.
bill-problem-daily_limit_used_for_this_card = 💳 Kartaning bugungi limiti tugagan. Boshqa kartadan foydalaning yoki ertaga urinib ko'ring.
bill-problem-invalid_otp = ❌ Kod noto'g'ri. Tekshirib, qaytadan yozing.
bill-problem-otp_expired = ⌛ Kodning muddati tugadi. Yangi kod so'rang.
bill-problem-otp_code_already_sent = 📱 Kod allaqachon yuborilgan. Uni kuting yoki bir daqiqadan keyin urinib ko'ring.
bill-problem-too_many_attempts = ⏳ Urinishlar juda ko'p bo'ldi. Birozdan keyin qayta urinib ko'ring.
bill-problem-insufficient_funds = 💳 Kartada mablag' yetarli emas.
bill-problem-invalid_amount = ⚠️ Xizmat bu summani qabul qilmaydi. Boshqa summani kiriting.
bill-problem-transaction_not_found = 😔 To'lov xizmati bu to'lovni topa olmadi. Qaytadan boshlang.
bill-problem-transaction_already_payed = ℹ️ Bu to'lov allaqachon amalga oshirilgan.
bill-problem-already_confirmed = ℹ️ Bu allaqachon tasdiqlangan.
bill-problem-transaction_not_available_for_payment = 😔 Bu to'lovni davom ettirib bo'lmaydi. Qaytadan boshlang.
bill-problem-error_at_pay = 😔 Xizmat to'lovni qabul qilmadi. Birozdan keyin qayta urinib ko'ring.
bill-problem-processing_error = 😔 Bank amalni bajara olmadi. Birozdan keyin qayta urinib ko'ring.
bill-problem-merchant_not_available = ⏸ Bu xizmatga hozircha to'lab bo'lmaydi. Keyinroq urinib ko'ring.
bill-problem-validation_error = ⚠️ Ma'lumotlar mos kelmadi: bunday hisob topilmadi. Kiritganlaringizni tekshiring.
bill-problem-field_required = ⚠️ Ayrim ma'lumotlar yetishmayapti. Hammasini to'ldiring.
bill-problem-field_not_valid = ⚠️ Ma'lumotlar mos kelmadi: bunday hisob topilmadi. Kiritganlaringizni tekshiring.
bill-problem-permission_denied = 😔 To'lov xizmati hozircha ishlamayapti. Tuzatyapmiz, keyinroq urinib ko'ring.
bill-problem-ip_not_allowed = 😔 To'lov xizmati hozircha ishlamayapti. Tuzatyapmiz, keyinroq urinib ko'ring.
bill-problem-server_error = 😔 To'lov xizmatida nosozlik. Birozdan keyin qayta urinib ko'ring.
bill-problem-gateway_not_working = 😔 To'lov xizmati hozir ishlamayapti. Birozdan keyin qayta urinib ko'ring.
bill-problem-unknown_error = 😔 To'lov xizmatida xatolik yuz berdi. Birozdan keyin qayta urinib ko'ring.
bill-problem-card_is_already_activated = ℹ️ Bu karta allaqachon ulangan.
bill-problem-card_exists = ℹ️ Bu karta allaqachon ulangan.
bill-problem-invalid_card = 💳 Karta raqami yoki muddati noto'g'ri. Tekshirib ko'ring.
bill-problem-card_is_not_supported = 💳 Bunday kartani ulab bo'lmaydi. Boshqa kartadan foydalaning.
bill-problem-card_has_no_phone = 📱 Kartaga telefon raqami ulanmagan. Uni bankingizda ulang.
bill-problem-phone_not_match = 📱 Telefon raqami kartadagiga mos kelmadi.
bill-problem-card_not_found_in_processing_center = 💳 Bank bunday kartani topmadi. Raqamini tekshiring yoki boshqa karta kiriting.
bill-problem-card_is_blocked_in_processing_center = 💳 Karta bloklangan. Boshqa kartadan foydalaning yoki bankingizga murojaat qiling.
bill-problem-card_is_not_activated = 💳 Karta faol emas. Boshqa kartadan foydalaning yoki bankingizga murojaat qiling.
bill-problem-card_is_not_for_this_check = 💳 Bu to'lov boshqa karta bilan boshlangan. Iltimos, qaytadan boshlang.
bill-problem-invalid_card_token = 💳 Kartani qayta ulash kerak. Uni /cards bo'limida o'chirib, yana ulang.
bill-problem-pan_not_valid = 💳 Karta raqami yoki muddati noto'g'ri. Tekshirib ko'ring.
bill-problem-pinfl_not_match = 💳 Karta boshqa shaxsga tegishli. Iltimos, o'z kartangizdan foydalaning.
bill-problem-bank_not_found = 💳 Bu bank kartalari bu yerda ishlamaydi. Iltimos, boshqasidan foydalaning.
bill-problem-error_create_card = 😔 Kartani ulab bo'lmadi. Birozdan keyin urinib ko'ring yoki boshqa karta ulang.
bill-problem-balance_refresh_error = 😔 Bank amalni bajara olmadi. Birozdan keyin qayta urinib ko'ring.
bill-problem-hold_not_found = 😔 To'lov xizmati bu to'lovni topa olmadi. Qaytadan boshlang.
bill-problem-terminal_does_not_exist = ⏸ Bu xizmatga hozircha to'lab bo'lmaydi. Keyinroq urinib ko'ring.
bill-problem-wrong_keys = 😔 To'lov xizmati hozircha ishlamayapti. Tuzatyapmiz, keyinroq urinib ko'ring.
bill-problem-rate_limited = ⏳ To'lov xizmati band. Bir daqiqadan keyin urinib ko'ring.
bill-problem-busy_here = ⏳ To'lov xizmati hozir sekin ishlayapti va navbat uzun. Bir daqiqadan keyin urinib ko'ring. Hech narsa yechilmadi.
bill-problem-timeout = 😔 To'lov xizmati o'z vaqtida javob bermadi. Birozdan keyin qayta urinib ko'ring.
bill-problem-network = 😔 To'lov xizmatiga ulanib bo'lmadi. Birozdan keyin qayta urinib ko'ring.
bill-problem-bad_answer = 😔 To'lov xizmati tushunarsiz javob berdi. Birozdan keyin qayta urinib ko'ring.
bill-problem-bad_form = ⏸ Bu xizmatga hozircha bot orqali to'lab bo'lmaydi.

# Bills, for owners
bill-owner-title-over = 🧾 <b>Hisob</b> № { $id }
bill-owner-state = Holati: <code>{ $state }</code>
button-bill-ask-paid = ✅ To'langan
button-bill-ask-unpaid = ❌ To'lanmagan
button-bills-resume = ▶️ Davom ettirish
alarm-bills-paused = 🚨 <b>Hisoblar endi balansdan to'lanmayapti</b>: Paylovdagi kartangiz to'lay olmayapti (<code>{ $problem }</code>). Uni to'ldiring yoki blokdan chiqaring, so'ng tugmani bosing.
alarm-paylov-problem = 🚨 <b>Paylov</b> bizga rad javobini beryapti: <code>{ $problem }</code>. Kalitlar va ruxsat etilgan IP manzilni tekshiring yoki ularga yozing.
alarm-bills-differ = 🚨 <b>Hisoblar va Paylov ro'yxati mos kelmayapti.</b> Har birini Paylov kabinetida va /bill orqali tekshiring, keyin bu yerdagi xatoni tuzating:
alarm-bills-unserved = 🚨 <b>Tugallanmagan hisoblar bor, Paylov esa sozlanmagan.</b> Hisoblar: { $count } ta, band qilingan pul: { $sum }. Ularning taqdiri Paylovsiz aniqlanmaydi: kalitlarni sozlamalarga qaytaring va dasturni qayta ishga tushiring.
alarm-topups-unserved = 🚨 <b>{ $provider }</b> sozlanmagan, lekin uning ochiq buyurtmalari bor: { $count } ta. Ularga kelgan pul ko'rinmaydi: kalitlarni sozlamalarga qaytaring va dasturni qayta ishga tushiring.
card-too-many = ⚠️ Ulangan kartalar soni chegaraga yetgan. Avval ulardan birini o'chiring: /cards
