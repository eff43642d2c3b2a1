flash-acting = Sie sehen das Panel nun so, wie { $loginname } es sieht. Nach 30 Minuten werden Sie abgemeldet.
fault-impersonate-suspended = Für gesperrte Kunden können Sie nicht handeln. Geben Sie den Kunden zuerst frei.
