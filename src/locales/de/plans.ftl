# Hosting-Pakete.

plans-lead = Fertige Zusammenstellungen von Grenzen und Diensten. Ein Paket füllt das Formular eines Kunden aus; jeder Wert lässt sich danach noch ändern.
plans-add = Paket hinzufügen
plans-edit-title = { $name } bearbeiten
plans-delete-title = { $name } löschen
plans-search = Paket suchen
plans-search-placeholder = Name oder Beschreibung
plans-empty-title = Noch keine Hosting-Pakete
plans-empty-text = Mit einem Paket hat ein neuer Kunde alle Grenzen in einem Schritt.
plans-col-name = Paket
plans-col-owner = Besitzer
plans-col-databases = Datenbanken
plans-updated = Zuletzt geändert
plans-customers = { $count ->
    [0] keine Kunden
    [one] ein Kunde
   *[other] { $count } Kunden
}
plans-delete-text = { $count ->
    [0] Kein Kunde hat dieses Paket.
    [one] Ein Kunde hat dieses Paket. Er behält, was er bekommen hat, aber bei ihm wird kein Paket mehr angezeigt.
   *[other] { $count } Kunden haben dieses Paket. Sie behalten, was sie bekommen haben, aber bei ihnen wird kein Paket mehr angezeigt.
}

plans-section-plan = Paket
plans-section-plan-text = Woran Sie es erkennen. Kunden sehen den Namen.
plans-section-limits = Grenzen
plans-section-limits-text = Wie viel ein Kunde mit diesem Paket jeweils nutzen darf.
plans-section-services = Dienste
plans-section-services-text = Was für einen Kunden mit diesem Paket eingeschaltet ist.
plans-section-use = Verwendung

field-plans-name = Name
field-plans-description = Beschreibung

flash-plan-added = Paket { $name } wurde hinzugefügt.
flash-plan-saved = Paket { $name } wurde gespeichert.
flash-plan-deleted = Paket { $name } wurde gelöscht.
