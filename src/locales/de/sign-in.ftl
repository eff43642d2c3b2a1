# Anmeldung, vergessene Passwörter und vergessene Anmeldenamen.

sign-in-title = Anmelden
sign-in-lead = Willkommen zurück.
sign-in-ended = Ihre Sitzung wurde beendet. Melden Sie sich erneut an, um fortzufahren.
sign-in-ended-kept = Ihre Sitzung wurde beendet. Melden Sie sich innerhalb einer Stunde erneut an, damit Ihre Eingaben erhalten bleiben. Passwörter werden nicht aufbewahrt.
sign-in-button = Anmelden
sign-in-forgot = Passwort vergessen?
sign-in-back = Zurück zur Anmeldung
sign-in-refused = Die Anmeldung ist fehlgeschlagen. Prüfen Sie Anmeldename und Passwort. Warten Sie nach mehreren Fehlversuchen einige Minuten, bevor Sie es erneut versuchen.
sign-in-suspended = Dieses Konto ist gesperrt. Wenden Sie sich an Ihren Anbieter.
sign-in-suspended-contact = Dieses Konto ist gesperrt. Wenden Sie sich an Ihren Anbieter ({ $contact }).
sign-in-suspended-reason = Grund: { $reason }

forgot-title = Passwort vergessen?
forgot-lead = Geben Sie den Anmeldenamen und die E-Mail-Adresse Ihres Kontos ein. Wir senden Ihnen per E-Mail einen Link, über den Sie ein neues Passwort festlegen.
forgot-lead-customers = Geben Sie den Anmeldenamen und die E-Mail-Adresse Ihres Kundenkontos ein. Wir senden Ihnen per E-Mail einen Link, über den Sie ein neues Passwort festlegen.
forgot-admins = Admins können ihr Passwort nicht per E-Mail zurücksetzen. Ein Server-Admin kann ein neues Passwort für sie festlegen.
forgot-button = Link senden
forgot-sent-title = Prüfen Sie Ihr Postfach
forgot-sent-text = Wenn Anmeldename und E-Mail-Adresse zum selben Konto gehören, haben wir Ihnen einen Link gesendet.
forgot-sent-text-customers = Wenn Anmeldename und E-Mail-Adresse zum selben Kundenkonto gehören, haben wir Ihnen einen Link gesendet.
forgot-sent-hint = Wenn Sie in den nächsten Minuten keine E-Mail erhalten, prüfen Sie den Spam-Ordner oder wenden Sie sich an Ihren Anbieter.

reset-title = Neues Passwort festlegen
reset-lead = Legen Sie ein neues Passwort für { $loginname } fest. Dadurch werden alle Sitzungen des Kontos beendet und alle API-Schlüssel widerrufen.
reset-button = Passwort festlegen
reset-gone-title = Link nicht mehr gültig
reset-gone-text = Ein Link funktioniert nur einmal und nur für begrenzte Zeit. Ein neuerer Link ersetzt ihn.
reset-gone-again = Neuen Link anfordern
field-new-password = Neues Passwort
field-new-password-confirm = Neues Passwort bestätigen
flash-password-reset = Ihr Passwort wurde geändert. Melden Sie sich mit dem neuen Passwort an.
names-title = Anmeldename vergessen?
names-lead = Geben Sie die E-Mail-Adresse Ihres Kontos ein. Wir senden Ihnen die Anmeldenamen aller Konten mit dieser Adresse.
names-button = Anmeldenamen senden
names-link = Anmeldename vergessen?
names-sent-title = Prüfen Sie Ihr Postfach
names-sent-text = Wenn es Konten mit dieser Adresse gibt, haben wir Ihnen deren Anmeldenamen gesendet.
