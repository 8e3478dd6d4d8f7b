desk-title = 🗂 <b>Управление</b>
desk-button-home = 🗂 Управление

owner-command-admin = Управление: всё сразу
owner-command-bills = Оплата услуг
owner-command-bill = Один платёж: ID
owner-command-suspense = Невыясненные платежи
owner-command-providers = Платёжные системы
owner-command-audit = Проверить учёт
owner-command-reconcile = Сверка с платёжными системами
owner-command-stats = Графики
owner-command-export = Файл Excel
owner-command-broadcast = Сообщение всем
owner-command-settings = Что можно менять на ходу
owner-command-desk = Веб-страница управления
