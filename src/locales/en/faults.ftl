# One sentence for each fault; the key is `fault-` and its code.

## Any field
fault-required = Fill in this field.
fault-format-invalid = This contains characters that are not allowed here.
fault-text-too-long = Enter at most { $max } characters.
fault-choice-unknown = Choose one of the entries.
fault-host-invalid = Enter a host name such as host.example.com.
fault-type-text = A text is expected here.
fault-type-flag = Yes or no is expected here.
fault-type-number = A number is expected here.
fault-parameter-unknown = There is no such field.
fault-changed-meanwhile = This was changed by somebody else in the meantime. Your changes were not saved. Check the new values and try again.
admins-delete-confirm-differs = Type { $word } to confirm.
fault-already-sent = This form was sent before. Nothing was done twice.

## Numbers and choices
fault-number-invalid = Enter a whole number, such as 25.
fault-number-invalid-of-things = Enter a whole number from { $min } to { $max }, such as 25.
fault-number-invalid-of-units = Enter a number from { $min } to { $max }, such as 2.5, or a size with its unit, such as 2.5 GB.
fault-number-invalid-of-units-by-program = Enter a number from { $min } to { $max }, such as 2.5, without a unit.
fault-number-negative = The number may not be negative.
fault-number-negative-of-things = The number may not be negative. Enter a whole number from { $min } to { $max }.
fault-number-negative-of-units = The number may not be negative. Enter a number from { $min } to { $max }.
fault-number-too-large = The number is too large.
fault-number-too-large-of-things = The number is too large. Enter a whole number from { $min } to { $max }.
fault-number-too-large-of-units = The number is too large. Enter a number from { $min } to { $max }.
fault-number-not-whole = Only a whole number is possible here, from { $min } to { $max }.
fault-number-ambiguous = “{ $text }” can mean { $whole } or { $decimal }. Write it in one of these two ways.
fault-number-ambiguous-of-things = “{ $text }” is ambiguous here. Enter a whole number without a separator, such as { $whole }.
fault-number-out-of-range = Enter a number from { $min } to { $max }.
fault-ids-invalid = Choose from the list.
fault-ids-too-many = At most { $max } entries can be chosen.
fault-id-unknown = Entry { $id } does not exist any more.
fault-language-unknown = Choose one of the languages.
fault-theme-unknown = Choose one of the appearances.
fault-gender-unknown = Choose one of the forms of address.

## Search
fault-search-field-unknown = There is no field “{ $word }” to search in.
fault-search-value-invalid = “{ $word }” cannot be compared like this.
fault-search-too-long = A search has at most { $max } characters. Shorten it.
fault-search-too-many-words = A search has at most { $max } words and conditions. Leave some out.
fault-search-too-many-conditions = A search has at most { $max } conditions.
fault-search-too-many-values = The lists of a search have at most { $max } values together.

## Contact
fault-email-invalid = Enter a valid e-mail address, such as name@example.com.
fault-email-of-admin = This address belongs to an admin. Customers need their own address.
fault-name-or-company-required = Enter a last name or a company.

## Login names
fault-loginname-format = A login name begins with a letter and has at least two letters or digits.
fault-loginname-format-character = { $character ->
    [space] A login name may not contain spaces.
   *[other] A login name may not contain “{ $character }”.
    } Use letters from a to z and digits, beginning with a letter.
fault-loginname-invalid = A login name may only contain letters and digits.
fault-loginname-invalid-character = { $character ->
    [space] A login name may not contain spaces.
   *[other] A login name may not contain “{ $character }”.
    } Use letters from a to z and digits.
fault-loginname-too-long = A login name has at most { $max } characters.
fault-loginname-uses-prefix = Names of the form “{ $prefix }” with a number are given out automatically.
fault-loginname-reserved = This name is reserved.
fault-loginname-system-account = The server itself has an account of this name.
fault-loginname-exists = This login name is taken.
fault-home-exists = There already is a directory { $path }.
fault-domain-exists = The domain { $domain } exists already.

## Passwords
fault-password-too-short = The password needs at least { $min } characters.
fault-password-too-long = The password may have at most { $max } bytes.
fault-password-control-character = The password may not contain line breaks, tabs or other control characters.
fault-password-needs-lower = The password needs a lower-case letter (a to z).
fault-password-needs-upper = The password needs an upper-case letter (A to Z).
fault-password-needs-digit = The password needs a digit.
fault-password-needs-special = The password needs one of these characters: { $chars }
fault-password-is-loginname = The password may not be the login name.
fault-password-common = This password is among the first that are tried: it is common, or made of the login name, the e-mail address or the provider’s name. Choose a longer or less usual one.

## Plans and services
fault-plan-unknown = This hosting plan does not exist, or not for you.
fault-php-without-config = PHP needs at least one PHP configuration.
fault-mysql-server-in-use = The customer still has databases on server { $id }.

## Limits
fault-customers-exhausted = No more customers are possible: the limit of { $limit } is reached.
fault-domains-exhausted = Not enough domains remain: the limit is { $limit }.
fault-demo-not-empty = Demo customers can only be added to an empty database. There are customers already.
fault-allocation-unlimited = This cannot be unlimited, because the owner has a limit.
fault-allocation-exceeded = This exceeds the owner’s remaining quota. Available: { $left } { $unit }
fault-below-usage = Less than is in use already. In use: { $used } { $unit }
fault-below-measured = Less than is in use: { $used } { $unit }. Confirm this above the save button, or enter more.
fault-below-measured-stored = The new limit is below the current usage: { $used } { $unit }.

## Moving
fault-admin-unknown = Choose one of the admins.
fault-move-same-owner = The customer already belongs to this admin.
fault-move-target-suspended = This admin is suspended.
fault-suspended-by-higher-rank = { $by } suspended this customer. Only an admin of the same or a higher rank can change that.

## Admins
fault-email-exists = Another admin has this address already.
fault-email-of-customer = This address belongs to a customer. Admins need one of their own.
fault-not-granted = { $owner } may not assign: { $names }.
fault-not-granted-switch = { $owner } may not assign this.
fault-grant-in-use = Customers of this admin use it ({ $count }). Take it away from them first.
fault-below-assigned = Less than already assigned to customers. Assigned: { $used } { $unit }
fault-handed-out-unlimited = A customer has this without limit, so it cannot be limited here.
fault-cannot-lock-out-self = You would lose your own access. Another server admin can do this.
fault-last-server-admin = This is the last server admin who can sign in. Nobody could manage the server any more.
fault-cannot-delete-self = You cannot delete yourself. Another server admin can do this.
fault-admin-has-customers = { $count ->
    [one] One customer still belongs to this admin. Move or delete the customer first.
   *[other] { $count } customers still belong to this admin. Move or delete them first.
}
fault-cannot-delete-first-admin = The first admin cannot be deleted, but can be suspended.

## PHP configurations and MySQL servers
fault-path-invalid = Enter the full path of a file, such as /usr/bin/php-cgi.
fault-server-host-invalid = Enter a host name or an IP address.
fault-in-use = { $count ->
    [one] One customer still uses this. Take it away from the customer first.
   *[other] { $count } customers still use this. Take it away from them first.
}
fault-cannot-delete-default-server = The default server cannot be deleted.

## Imported files
fault-csv-too-large = The file is larger than { $max } MiB.
fault-csv-not-utf8 = The file is not encoded in { $encoding }. Choose another encoding, or “Detect automatically”.
fault-csv-empty = No file was chosen, or the file is empty. Choose a file with content, or paste the content.
fault-csv-no-rows = There are no rows below the column names.
fault-csv-too-many-rows = The file has more than { $max } rows. Split it into several files.
fault-csv-column-unknown = Unknown column.
fault-csv-column-unnamed = Column { $number } has no name.
fault-csv-column-twice = This column sets the same value as the column { $other }.
fault-csv-column-missing = This column is required.
fault-csv-ragged = { $cells ->
    [one] One cell
   *[other] { $cells } cells
}, but { $columns ->
    [one] one column
   *[other] { $columns } columns
}. A cell may be missing or unquoted.
fault-csv-loginname-twice = Row { $row } has this login name too.
fault-csv-not-encoding = The file is not encoded in { $encoding }. Choose another encoding, or “Detect automatically”.
fault-csv-quote-open = A quotation mark in row { $row } is not closed.
fault-csv-text-after-quote = In row { $row }, text follows a closing quotation mark. A quotation mark inside a cell is doubled: "Firma ""Sonne"" GmbH".
fault-csv-cell-too-long = A cell in row { $row } is longer than { $max } bytes.
fault-csv-row-too-long = Row { $row } is longer than { $max } bytes.
fault-csv-too-many-cells = Row { $row } has more than { $max } cells.
fault-csv-too-much-text = The cells hold more than { $max } MiB of text.
fault-csv-is-binary = This is not a text file. Save the table as CSV or as an Excel workbook (.xlsx).
fault-csv-is-xls = This is a workbook in the old Excel format (.xls). Save it as an Excel workbook (.xlsx) or as CSV.
fault-csv-is-ods = This is an OpenDocument spreadsheet (.ods). Save it as an Excel workbook (.xlsx) or as CSV.
fault-csv-is-archive = This file is an archive. Unpack it and upload the CSV file in it.
fault-csv-xlsx-damaged = The Excel workbook is damaged or protected by a password. Save it again without one, or as CSV.
fault-csv-xlsx-too-large = Unpacked, the Excel workbook is larger than { $max } MiB. Save the sheet as CSV.
fault-csv-line-break = This cell has a line break, which is not possible here. Put everything on one line.
fault-csv-value-exists = The customer { $loginname } already has this value.
fault-csv-value-twice = Row { $row } has this value too.
fault-import-under-way = Another import of yours is still under way. Wait until it has ended.
fault-import-changed = A login name or domain in the file was taken meanwhile, or your permissions changed. Check the file again.
fault-plan-name-unknown = There is no plan “{ $name }”, or you don’t have access.
fault-plan-name-ambiguous = There are several plans “{ $name }”. Give the id in a column hosting_plan_id instead.
fault-import-faulty = The file has errors. Nothing was added.

fault-old-password-wrong = This is not your current password.
fault-current-password-required = Enter your current password to confirm this change.
fault-password-confirm-differs = The two entries of the new password differ.

## API keys
fault-network-invalid = “{ $word }” is neither an address nor a network such as 192.0.2.0/24.
fault-networks-too-many = Enter at most { $max } addresses and networks.
fault-date-invalid = Enter a day such as 2027-12-31, or a time such as 2027-12-31T18:00:00Z.
fault-date-past = This is past already.
fault-api-keys-too-many = More than { $max } keys are not possible. Revoke one that is not needed any more.
fault-loginname-unknown = There is no account “{ $name }”.

## MySQL servers
fault-access-host-invalid = A host such as localhost, 192.0.2.7, 192.0.2.% or web.example.com is needed; “{ $host }” is none.
fault-access-hosts-too-many = Enter at most { $max } hosts.
fault-admin-url-invalid = Enter mysql://user:password@host:port, without a database.
fault-mysql-server-unadministered = There is no administration URL for this server.
fault-mysql-server-unreachable = The MySQL server cannot be administered: { $reason }
