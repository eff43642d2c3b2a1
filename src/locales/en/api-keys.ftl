# Keys of the API.

field-api-keys-label = Label
field-api-keys-allowed-from = Allowed from
field-api-keys-valid-until = Valid until
field-api-keys-read-only = May only look, not change anything
field-api-keys-api-key = Key
field-api-keys-ended-sessions = Sessions ended
field-api-keys-ended-api-keys = API keys ended
