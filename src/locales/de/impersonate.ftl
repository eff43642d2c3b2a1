flash-acting = Sie sehen das Panel nun so, wie { $loginname } es sieht. Nach 30 Minuten werden Sie abgemeldet.
fault-impersonate-suspended = Für einen gesperrten Kunden kann niemand handeln. Entsperren Sie ihn zuerst.
