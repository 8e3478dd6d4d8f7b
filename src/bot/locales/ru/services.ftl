# Как называются услуги: /services
owner-command-services = Названия услуг
services-menu = 🏷 Названия услуг
services-title = 🏷 <b>Как называются услуги</b>
services-why = Люди видят эти названия на своём языке и находят услуги по любому из них. Выберите услугу, чтобы поправить её названия.
services-lacking = ❗ Показаны под названием Paylov: { $count }.
services-paylov = В Paylov: <code>{ $name }</code>
services-lacks = ❗ Перевода нет: показано название Paylov.
services-how = Выберите язык, чтобы дать название на нём. Ваши отмечены ✏️.
services-ask = Отправьте название на этом языке: { $language }. Не больше { $max } символов.
services-button-reset = ↩️ Убрать мои названия
services-button-category = Её категория
services-button-fields = Её поля
services-fields = Что спрашивают и сообщают о счёте:
