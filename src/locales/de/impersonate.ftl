flash-acting = Sie arbeiten jetzt im Konto von { $loginname }. Nach 30 Minuten werden Sie abgemeldet.
fault-impersonate-suspended = Sie können nicht in das Konto eines gesperrten Kunden wechseln. Geben Sie den Kunden zuerst frei.
