# Hosting-Pakete.

plans-lead = Fertige Limits und Dienste. Ein Paket füllt das Formular eines Kunden aus; jeder Wert lässt sich danach ändern.
plans-add = Paket anlegen
plans-edit-title = { $name } bearbeiten
plans-delete-title = { $name } löschen
plans-search = Paket suchen
plans-search-placeholder = Name oder Beschreibung
plans-empty-title = Noch keine Hosting-Pakete
plans-empty-text = Mit einem Paket bekommt ein neuer Kunde alle Limits in einem Schritt.
plans-col-name = Paket
plans-col-owner = Eigentümer
plans-col-databases = Datenbanken
plans-updated = Zuletzt geändert
plans-customers = { $count ->
    [0] keine Kunden
    [one] ein Kunde
   *[other] { $count } Kunden
}
plans-delete-text = { $count ->
    [0] Kein Kunde hat dieses Paket.
    [one] Ein Kunde hat dieses Paket. Der Kunde behält Limits und Dienste, hat aber kein Paket mehr.
   *[other] { $count } Kunden haben dieses Paket. Die Kunden behalten Limits und Dienste, haben aber kein Paket mehr.
}

plans-section-plan = Paket
plans-section-plan-text = Kunden sehen den Namen.
plans-section-limits = Limits
plans-section-limits-text = So viel kann ein Kunde mit diesem Paket nutzen.
plans-section-services = Dienste
plans-section-services-text = Dienste eines Kunden mit diesem Paket.
plans-section-use = Kunden

field-plans-name = Name
field-plans-description = Beschreibung

flash-plans-added = Paket { $name } wurde angelegt.
flash-plans-saved = Paket { $name } wurde gespeichert.
flash-plans-deleted = Paket { $name } wurde gelöscht.
