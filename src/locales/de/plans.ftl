# Hosting-Pakete.

plans-lead = Vordefinierte Limits und Dienste für Kunden. Ein Paket füllt das Kundenformular aus, und Sie können jeden Wert danach ändern.
plans-add = Paket anlegen
plans-edit-title = { $name } bearbeiten
plans-delete-title = { $name } löschen
plans-search = Pakete suchen
plans-search-placeholder = Name oder Beschreibung
plans-empty-title = Noch keine Hosting-Pakete
plans-empty-text = Legen Sie ein Paket an, um alle Limits und Dienste eines neuen Kunden in einem Schritt festzulegen.
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
plans-section-plan-text = Kunden sehen den Namen ihres Pakets.
plans-section-limits = Limits
plans-section-limits-text = Limits für Kunden mit diesem Paket.
plans-section-services = Dienste
plans-section-services-text = Dienste für Kunden mit diesem Paket.
plans-section-use = Details

field-plans-name = Name
field-plans-description = Beschreibung

flash-plans-added = Das Paket { $name } wurde angelegt.
flash-plans-saved = Die Änderungen am Paket { $name } wurden gespeichert.
flash-plans-deleted = Das Paket { $name } wurde gelöscht.
