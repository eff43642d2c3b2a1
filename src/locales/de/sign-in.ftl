# Anmeldung und vergessene Passwörter.

sign-in-title = Anmelden
sign-in-lead = Willkommen zurück.
sign-in-ended = Ihre Sitzung ist beendet. Melden Sie sich erneut an, um fortzufahren.
sign-in-ended-kept = Ihre Sitzung ist beendet. Melden Sie sich innerhalb einer Stunde erneut an: Ihre Eingaben bleiben erhalten, Passwörter ausgenommen.
sign-in-button = Anmelden
sign-in-forgot = Passwort vergessen?
sign-in-back = Zurück zur Anmeldung
sign-in-refused = Das hat nicht geklappt. Bitte prüfen Sie Anmeldename und Passwort; nach mehreren Fehlversuchen warten Sie bitte eine Weile.
sign-in-suspended = Dieses Konto ist gesperrt. Bitte wenden Sie sich an Ihren Anbieter.
sign-in-suspended-contact = Dieses Konto ist gesperrt. Bitte wenden Sie sich an Ihren Anbieter: { $contact }
sign-in-suspended-reason = Grund: { $reason }

forgot-title = Passwort vergessen?
forgot-lead = Nennen Sie uns Ihren Anmeldenamen und die E-Mail-Adresse Ihres Kontos. Wir senden Ihnen einen Link, mit dem Sie ein neues Passwort wählen können.
forgot-button = Link senden
forgot-sent-title = Sehen Sie in Ihrem Postfach nach
forgot-sent-text = Wenn es dieses Konto gibt und die Adresse dazu gehört, ist eine E-Mail mit einem Link unterwegs.
forgot-sent-hint = Nach einigen Minuten noch nichts da? Sehen Sie im Spam-Ordner nach, oder fragen Sie Ihren Anbieter.

reset-title = Neues Passwort wählen
reset-lead = Für das Konto { $loginname }. Seine Sitzungen und API-Schlüssel enden.
reset-button = Passwort setzen
reset-gone-title = Dieser Link gilt nicht mehr
reset-gone-text = Links gelten einmal und nur für begrenzte Zeit, und nur der neueste zählt.
reset-gone-again = Neuen Link anfordern
field-new-password = Neues Passwort
field-new-password-confirm = Neues Passwort wiederholen
flash-password-reset = Ihr Passwort ist gesetzt. Bitte melden Sie sich damit an.
names-title = Anmeldenamen vergessen?
names-lead = Geben Sie die E-Mail-Adresse Ihres Kontos ein. Wir senden die Anmeldenamen aller Konten mit dieser Adresse dorthin.
names-button = Anmeldenamen senden
names-link = Anmeldenamen vergessen?
names-sent-title = Sehen Sie in Ihrem Postfach nach
names-sent-text = Falls es Konten mit dieser Adresse gibt, ist eine E-Mail mit ihren Anmeldenamen unterwegs.
