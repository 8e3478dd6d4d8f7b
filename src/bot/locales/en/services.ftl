# What services are called: /services
owner-command-services = Names of services
services-menu = 🏷 Names of services
services-title = 🏷 <b>What services are called</b>
services-why = People see these names in their own language and find services by any of them. Choose a service to correct its names.
services-lacking = ❗ Shown by Paylov's own name: { $count }.
services-paylov = At Paylov: <code>{ $name }</code>
services-lacks = ❗ There is no translation: Paylov's own name is shown.
services-how = Choose a language to give a name in it. ✏️ marks yours.
services-ask = Send the name in this language: { $language }. At most { $max } characters.
services-button-reset = ↩️ Without my names
services-button-category = Its category
services-button-fields = Its fields
services-fields = What is asked and told about an account:
