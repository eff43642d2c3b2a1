# Schlüssel der API.

field-api-keys-label = Bezeichnung
field-api-keys-allowed-from = Erlaubt von
field-api-keys-valid-until = Gültig bis
field-api-keys-read-only = Darf nur lesen, nichts ändern
field-api-keys-api-key = Schlüssel
field-api-keys-ended-sessions = Beendete Sitzungen
field-api-keys-ended-api-keys = Beendete API-Schlüssel
