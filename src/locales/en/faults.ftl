# Validation errors; the key is `fault-` and the code of the error.

## Any field
fault-required = This field is required.
fault-format-invalid = This field contains characters that are not allowed.
fault-format-invalid-of-prefix = Use only letters from a to z and digits, and start with a letter. The maximum is { $max } characters.
fault-text-too-long = Enter at most { $max } characters.
fault-choice-unknown = Select a value from the list.
fault-host-invalid = Enter a host name such as host.example.com.
fault-type-text = This value must be text.
fault-type-flag = This value must be yes or no.
fault-type-number = This value must be a number.
fault-parameter-unknown = This field does not exist.
fault-changed-meanwhile = Someone else changed this in the meantime. Your changes were not saved. Check the new values and try again.
admins-delete-confirm-differs = Type { $word } to confirm.
fault-already-sent = This form was already sent. Nothing was done twice.

## Numbers and choices
fault-number-invalid = Enter a whole number, such as 25.
fault-number-invalid-of-things = Enter a whole number from { $min } to { $max }, such as 25.
fault-number-invalid-of-units = Enter a number from { $min } to { $max }, such as 2.5, or a size with its unit, such as 2.5 GB.
fault-number-invalid-of-units-by-program = Enter a number from { $min } to { $max }, such as 2.5, without a unit.
fault-number-negative = The number must not be negative.
fault-number-negative-of-things = The number must not be negative. Enter a whole number from { $min } to { $max }.
fault-number-negative-of-units = The number must not be negative. Enter a number from { $min } to { $max }.
fault-number-too-large = The number is too large.
fault-number-too-large-of-things = The number is too large. Enter a whole number from { $min } to { $max }.
fault-number-too-large-of-units = The number is too large. Enter a number from { $min } to { $max }.
fault-number-not-whole = Enter a whole number.
fault-number-ambiguous = “{ $text }” can mean { $whole } or { $decimal }. Enter one of these two numbers.
fault-number-ambiguous-of-things = “{ $text }” is ambiguous. Enter a whole number without separators, such as { $whole }.
fault-number-out-of-range = Enter a number from { $min } to { $max }.
fault-ids-invalid = This value must be a list of IDs.
fault-ids-too-many = Select at most { $max } entries.
fault-id-unknown = Entry { $id } does not exist. Update your selection.
fault-language-unknown = Select one of the available languages.
fault-theme-unknown = Select one of the available themes.
fault-gender-unknown = Select one of the available forms of address.

## Search
fault-search-field-unknown = The field “{ $word }” does not exist or cannot be searched.
fault-search-value-invalid = “{ $word }” is not a valid condition.
fault-search-too-long = The search is too long. Enter at most { $max } characters.
fault-search-too-many-words = The search is too long. Enter at most { $max } words and conditions.
fault-search-too-many-conditions = The search is too long. Enter at most { $max } conditions.
fault-search-too-many-values = The search is too long. Its lists can have at most { $max } values in total.

## Contact
fault-email-invalid = Enter a valid email address, such as name@example.com.
fault-email-of-admin = This email address belongs to an admin. Enter a different address for the customer.
fault-name-or-company-required = Enter a last name or a company.

## Login names
fault-loginname-format = A login name must start with a letter and have at least two letters or digits.
fault-loginname-format-character = { $character ->
    [space] A login name must not contain spaces.
   *[other] A login name must not contain “{ $character }”.
    } Use letters from a to z and digits, and start with a letter.
fault-loginname-format-character-hyphen = { $character ->
    [space] A login name must not contain spaces.
   *[other] A login name must not contain “{ $character }”.
    } Use letters from a to z, digits, “-” and “_”, and start with a letter.
fault-loginname-invalid = A login name must start with a letter, end with a letter or digit, and not contain “--”.
fault-loginname-invalid-character = { $character ->
    [space] A login name must not contain spaces.
   *[other] A login name must not contain “{ $character }”.
    } Use letters from a to z and digits.
fault-loginname-invalid-character-hyphen = { $character ->
    [space] A login name must not contain spaces.
   *[other] A login name must not contain “{ $character }”.
    } Use letters from a to z, digits, “-” and “_”.
fault-loginname-too-long = A login name can have at most { $max } characters.
fault-loginname-uses-prefix = Login names that consist of “{ $prefix }” and a number are assigned automatically. Choose a different login name.
fault-loginname-reserved = This login name is reserved. Choose a different one.
fault-loginname-system-account = This login name belongs to a system account of the server. Choose a different one.
fault-loginname-exists = This login name is already taken. Choose a different one.
fault-home-exists = The directory { $path } already exists. Choose a different login name.
fault-domain-exists = The domain { $domain } already exists.

## Passwords
fault-password-too-short = The password must have at least { $min } characters.
fault-password-too-long = The password must have at most { $max } bytes.
fault-password-control-character = The password must not contain line breaks, tabs or other control characters.
fault-password-needs-lower = The password must contain a lowercase letter (a to z).
fault-password-needs-upper = The password must contain an uppercase letter (A to Z).
fault-password-needs-digit = The password must contain a digit.
fault-password-needs-special = The password must contain one of these characters: { $chars }
fault-password-is-loginname = The password must not be the login name.
fault-password-common = This password is easy to guess. It is common, or it consists of the login name, the email address or the provider name. Choose a longer or less common password.

## Plans and services
fault-plan-unknown = This hosting plan does not exist, or you don’t have access.
fault-php-without-config = PHP requires at least one PHP configuration. Select one or turn off PHP.
fault-mysql-server-in-use = The customer still has databases on MySQL server { $id }. Delete these databases before you remove the server from the customer.

## Limits
fault-customers-exhausted = No more customers can be added. The limit of { $limit } is reached.
fault-domains-exhausted = Not enough domains remain. The limit is { $limit }.
fault-demo-not-empty = Demo customers can be added only to an empty database. This database already contains customers.
fault-allocation-unlimited = This cannot be unlimited. A limit is required because the owner has a limit.
fault-allocation-exceeded = This exceeds the owner’s remaining quota. Remaining: { $left } { $unit }
fault-below-usage = The limit is below the current usage. Current usage: { $used } { $unit }
fault-below-measured = The limit is below the current usage: { $used } { $unit }. Confirm this above the save button, or enter a higher limit.
fault-below-measured-stored = The new limit is below the current usage: { $used } { $unit }.

## Moving
fault-admin-unknown = Select an existing admin.
fault-move-same-owner = This admin already owns the customer.
fault-move-target-suspended = This admin is suspended. Select a different admin.
fault-suspended-by-higher-rank = { $by } suspended this customer. Only an admin of the same or a higher rank can change the suspension.

## Admins
fault-email-exists = Another admin already uses this email address.
fault-email-of-customer = This email address belongs to a customer. Enter a different address for the admin.
fault-not-granted = { $owner } does not have permission to assign: { $names }.
fault-not-granted-switch = { $owner } does not have permission to assign this service.
fault-grant-in-use = Customers of this admin still use this service. Remove it from these customers first. Customers affected: { $count }
fault-below-assigned = The limit is below the quota already assigned to customers. Assigned: { $used } { $unit }
fault-handed-out-unlimited = A limit is not possible because at least one customer has no limit.
fault-cannot-lock-out-self = You cannot remove your own access. Ask another server admin to do this.
fault-last-server-admin = This is the last server admin who can sign in. At least one server admin must keep access.
fault-cannot-delete-self = You cannot delete your own account. Ask another server admin to do this.
fault-admin-has-customers = { $count ->
    [one] This admin still owns one customer. Move or delete the customer first.
   *[other] This admin still owns { $count } customers. Move or delete them first.
}
fault-cannot-delete-first-admin = The first admin cannot be deleted. You can suspend this admin instead.

## PHP configurations and MySQL servers
fault-path-invalid = Enter the full path of a file, such as /usr/bin/php-cgi.
fault-server-host-invalid = Enter a host name or an IP address.
fault-in-use = { $count ->
    [one] One customer still uses this entry. Remove it from the customer first.
   *[other] { $count } customers still use this entry. Remove it from these customers first.
}
fault-mysql-server-not-empty = Customers still have databases or accounts on this server. Delete the databases, and wait until the jobs that remove the accounts are done.
fault-cannot-delete-default-server = The default server cannot be deleted.

## Jobs and deliveries
fault-job-running = The job is running. Wait until it has finished.
fault-job-done = The job is already done.

## Imported files
fault-csv-too-large = The file is larger than { $max } MiB.
fault-csv-not-utf8 = The file is not encoded in { $encoding }. Select a different encoding or “Detect automatically”.
fault-csv-empty = No file was selected, or the file is empty. Select a file with content, or paste the content.
fault-csv-no-rows = The file has no rows below the column names.
fault-csv-too-many-rows = The file has more than { $max } rows. Split it into several files.
fault-csv-column-unknown = This column is unknown. Correct its name, or remove the column from the file.
fault-csv-column-unnamed = Column { $number } has no name. Enter a name in the first row.
fault-csv-column-twice = This column and the column { $other } belong to the same field. Remove one of the two columns.
fault-csv-column-missing = This column is required. Add it to the file.
fault-csv-ragged = { $cells ->
    [one] One cell
   *[other] { $cells } cells
}, but { $columns ->
    [one] one column
   *[other] { $columns } columns
}. A cell or a quotation mark may be missing.
fault-csv-loginname-twice = Row { $row } has the same login name.
fault-csv-not-encoding = The file is not encoded in { $encoding }. Select a different encoding or “Detect automatically”.
fault-csv-quote-open = A quotation mark in row { $row } is not closed. Add the missing quotation mark.
fault-csv-text-after-quote = In row { $row }, text follows a closing quotation mark. Write a quotation mark inside a cell twice: "Firma ""Sonne"" GmbH".
fault-csv-cell-too-long = A cell in row { $row } is longer than { $max } bytes. Shorten it.
fault-csv-row-too-long = Row { $row } is longer than { $max } bytes. Shorten it.
fault-csv-too-many-cells = Row { $row } has more than { $max } cells. Remove some.
fault-csv-too-much-text = The cells contain more than { $max } MiB of text. Split the file into several files.
fault-csv-is-binary = This is not a text file. Save the table as CSV or as an Excel workbook (.xlsx).
fault-csv-is-xls = This is a workbook in the old Excel format (.xls). Save it as an Excel workbook (.xlsx) or as CSV.
fault-csv-is-ods = This is an OpenDocument spreadsheet (.ods). Save it as an Excel workbook (.xlsx) or as CSV.
fault-csv-is-archive = This file is an archive. Extract it and upload the CSV file that it contains.
fault-csv-xlsx-damaged = The Excel workbook is damaged or password-protected. Save it again without a password, or save it as CSV.
fault-csv-xlsx-too-large = The Excel workbook is larger than { $max } MiB when decompressed. Save the sheet as CSV.
fault-csv-line-break = Line breaks are not allowed in this column. Put the value on one line.
fault-csv-value-exists = Customer { $loginname } already has this value.
fault-csv-value-twice = Row { $row } has the same value.
fault-import-under-way = Another import of yours is still running. Wait until it has finished.
fault-import-changed = A login name or domain in the file was taken in the meantime, or your permissions changed. Check the file again.
fault-plan-name-unknown = Plan “{ $name }” does not exist, or you don’t have access.
fault-plan-name-ambiguous = Several plans are named “{ $name }”. Use the column hosting_plan_id with the ID of the plan instead.
fault-import-faulty = The file has errors. No customers were added.

fault-old-password-wrong = The current password is wrong.
fault-current-password-required = Enter your current password to confirm this change.
fault-password-confirm-differs = The two passwords do not match.

## API keys
fault-network-invalid = “{ $word }” is not an IP address or a network such as 192.0.2.0/24.
fault-networks-too-many = Enter at most { $max } addresses and networks.
fault-date-invalid = Enter a date such as 2027-12-31, or a time such as 2027-12-31T18:00:00Z.
fault-date-past = This date is in the past. Enter a future date.
fault-api-keys-too-many = You can have at most { $max } API keys. Revoke a key that you no longer need.
fault-loginname-unknown = Account “{ $name }” does not exist.

## MySQL servers
fault-access-host-invalid = “{ $host }” is not a valid host. Enter a host such as localhost, 192.0.2.7, 192.0.2.% or web.example.com.
fault-access-hosts-too-many = Enter at most { $max } hosts.
fault-admin-url-invalid = Enter a URL of the form mysql://user:password@host:port, without a database.
fault-mysql-server-unadministered = This server has no administration URL.
fault-mysql-server-unreachable = The MySQL server cannot be administered: { $reason }
