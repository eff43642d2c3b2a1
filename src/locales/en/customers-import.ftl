# Customer import from a file.

button-import-csv = Import
import-title = Import customers
import-lead = Upload a CSV file or Excel workbook with up to { $max } customers. A preview is shown before any customers are added.
import-check = Check file
import-another = Check a different file
import-gone = This preview has expired. Files are kept for one hour, and a newer upload replaces an older one. Upload the file again.
field-import-file = CSV file or Excel workbook
hint-import-file = Maximum 24 MiB and 50,000 rows. Commas, semicolons and tabs are recognized as separators. In a workbook (.xlsx), only the first sheet is read.
field-import-encoding = Encoding
hint-import-encoding = Select an encoding if characters such as ä or é look wrong in the preview.
import-encoding-detect = Detect automatically
import-kept = The uploaded file is still available. To read it with a different encoding, select the encoding and check again. You do not need to upload the file again.
import-reread-title = File encoding
import-reread = Check again
import-bounds = Maximum: { $size } MiB and { $rows } rows.
import-passwords-left-out = The passwords were removed from this text. Enter them again, or passwords will be generated.
field-import-text = Or paste the file contents
hint-import-text = The first line must contain the column names.
field-import-sendpassword = Email the passwords to the customers
hint-import-sendpassword = Applies to rows without a value in the column sendpassword.

## Help
import-help-title = File format
import-help-file = The first row must contain the column names. Common English and German names are recognized. Only the column email is required, but each row also needs a last name or a company. An empty cell keeps the default.
import-help-export = You can edit a file from “Export as CSV” and import it again. Columns that cannot be imported, such as usage, are ignored.
import-help-plan = A plan fills in limits and services. Other values in the same row override the plan. A limit is a number (disk space in MiB, traffic in GiB) or the word unlimited. A yes/no column accepts 1 or 0, yes or no, true or false.
import-help-passwords = Customers without a password in the file receive a generated password. Nobody knows this password unless it is emailed.
import-example = Download example file
import-help-columns = All columns
import-help-columns-text = Column names in any order:

## Preview
import-preview-title = Import preview
import-what-comes = Summary
import-clean = { $total ->
    [one] One customer will be added
   *[other] { $total } customers will be added
}
import-clean-text = No customers have been added yet.
import-faulty = { $total ->
    [one] One customer
   *[other] { $total } customers
}, { $faulty ->
    [one] one row with errors
   *[other] { $faulty } rows with errors
}
import-faulty-text = No customers were added. An import adds either all customers or none. Correct the file and upload it again.
import-passwords-mailed = { $count ->
    [one] One password will be emailed to the customer.
   *[other] { $count } passwords will be emailed to the customers.
}
import-passwords-typed = { $count ->
    [one] One password comes from the file and will not be emailed. Give it to the customer yourself.
   *[other] { $count } passwords come from the file and will not be emailed. Give them to the customers yourself.
}
import-passwords-unknown = { $count ->
    [one] One customer will receive a generated password that nobody knows.
   *[other] { $count } customers will receive generated passwords that nobody knows.
}
import-ignored = Columns ignored because they cannot be imported:
import-takes = The customers are added in the background, and the next page shows the progress. Hashing 1,000 passwords that are in the file or will be emailed takes about half a minute.
import-shown = { $shown } of { $total } rows shown. Rows with errors or notices come first.
import-confirm = { $total ->
    [one] Add one customer
   *[other] Add { $total } customers
}
import-rows = Rows in the file
import-col-row = Row
import-col-faults = Errors and notices
import-col-limits = Limits
import-generated = next free number

import-format-csv = Encoding: { $encoding }. Separator: { $delimiter }.
import-format-workbook = Sheet: “{ $sheet }”.
import-format-workbook-first = Sheet: “{ $sheet }” (the first one). The other sheets were ignored.
import-format-unknown = Format: unknown to this version of Clientele.
import-error-unknown = This version of Clientele does not know the error “{ $code }”.
import-delimiter-comma = comma
import-delimiter-semicolon = semicolon
import-delimiter-tab = tab
import-noticed = { $count ->
    [one] One row has an email address or customer number that a customer or another row already uses. You can still add the customer.
   *[other] { $count } rows have an email address or customer number that a customer or another row already uses. You can still add the customers.
}

## Import runs
import-runs-title = Recent imports
import-runs-line = { $total ->
    [one] One row, { $when }
   *[other] { $total } rows, { $when }
}
import-run-checking-title = Checking file
import-run-checked-title = Ready to import
import-run-faulty-title = File with errors
import-run-adding-title = Adding customers
import-run-done-title = Import completed
import-run-refused-title = Import not permitted
import-run-failed-title = Import failed
import-run-discarded-title = Import discarded
import-stage-waiting = Waiting for a worker
import-stage-checking = Checking rows
import-stage-hashing = Hashing passwords
import-stage-writing = Saving customers
import-run-rows = { $total ->
    [one] { $done } of one row
   *[other] { $done } of { $total } rows
}
import-run-leave = You can leave this page. The import continues in the background.
import-run-show = Show new customers
import-run-unknown = { $count ->
    [one] One of them has a generated password that nobody knows. Set a new password and email it, or refer the customer to “Forgot your password?”.
   *[other] { $count } of them have generated passwords that nobody knows. Set new passwords and email them, or refer the customers to “Forgot your password?”.
}
import-run-refused-text = No customers were added, because this account no longer has permission to add customers.
import-run-failed-text = No customers were added, because the import failed. Upload the file again. Admins with access to all customers can see the reason under “Jobs”.
import-run-discarded-text = No customers were added, because an admin discarded the import job. To repeat the import, upload the file again.

## Messages
import-flash-added = { $count ->
    [one] One customer was added.
   *[other] { $count } customers were added.
}
import-flash-reread = The file was read with a different encoding after this preview was shown. No customers were added. Check the new preview and confirm again.
import-flash-added-unknown = { $count ->
    [one] One customer was added.
   *[other] { $count } customers were added.
} { $unknown ->
    [one] One of them has a generated password that nobody knows. Set a new password and email it, or refer the customer to “Forgot your password?”.
   *[other] { $unknown } of them have generated passwords that nobody knows. Set new passwords and email them, or refer the customers to “Forgot your password?”.
}

## Export
export-separator = CSV separator
export-semicolons = Semicolons (German and other European spreadsheets)
export-commas = Commas (other spreadsheets and other software)
