# Хизматларнинг номлари: /services
owner-command-services = Хизматларнинг номлари
services-menu = 🏷 Хизматларнинг номлари
services-title = 🏷 <b>Хизматлар қандай аталади</b>
services-why = Одамлар бу номларни ўз тилида кўради ва хизматни исталгани бўйича топади. Номларини тузатиш учун хизматни танланг.
services-lacking = ❗ Paylovдаги номи билан кўрсатилмоқда: { $count }.
services-paylov = Paylovда: <code>{ $name }</code>
services-lacks = ❗ Таржимаси йўқ: Paylovдаги номи кўрсатилади.
services-how = Ном бериш учун тилни танланг. Сиз берганлари ✏️ билан белгиланган.
services-ask = Номни шу тилда юборинг: { $language }. Кўпи билан { $max } та белги.
services-button-reset = ↩️ Менинг номларимсиз
services-button-category = Тоифаси
services-button-fields = Майдонлари
services-fields = Ҳисоб ҳақида сўраладиган ва айтиладиган маълумотлар:
