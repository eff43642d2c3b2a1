# Importing customers from a file.

button-import-csv = Import
import-title = Import customers
import-lead = Upload a CSV file or an Excel workbook with up to { $max } customers. You see a preview before anyone is added.
import-check = Check file
import-another = Check another file
import-gone = This preview has expired. A file is kept for one hour, and a newer upload replaces it. Upload the file again.
field-import-file = CSV file or Excel workbook
hint-import-file = At most 24 MiB and 50,000 rows. Commas, semicolons and tabs are recognized as separators. Of a workbook (.xlsx), the first sheet is read.
field-import-encoding = Encoding
hint-import-encoding = Choose an encoding if letters such as ä or é look wrong in the preview.
import-encoding-detect = Detect automatically
import-kept = The file is still here. To read it with another encoding, choose the encoding and check it again; you do not need to upload it again.
import-reread-title = Encoding of the file
import-reread = Check again
import-bounds = The limits are { $size } MiB and { $rows } rows.
import-passwords-left-out = The passwords were removed from this text. Enter them again; otherwise passwords are generated.
field-import-text = Or paste the contents
hint-import-text = The first line must contain the column names.
field-import-sendpassword = Email the passwords to the customers
hint-import-sendpassword = Applies to rows that have no value in the column sendpassword.

## Help
import-help-title = File format
import-help-file = The first row contains the column names; common English and German names are recognized. Only email is required, and each row needs a last name or a company. An empty cell keeps the default.
import-help-export = You can edit a file from “Export as CSV” and import it again. Columns that cannot be set, such as usage, are ignored.
import-help-plan = A plan fills in limits and services; values in the same row override it. A limit is a number (disk space in MiB, traffic in GiB) or the word unlimited. A switch is 1 or 0, yes or no, true or false.
import-help-passwords = Customers without a password in the file get a generated password. If it is not emailed, nobody knows it.
import-example = Download example file
import-help-columns = All columns
import-help-columns-text = Column names, in any order:

## Preview
import-preview-title = Import preview
import-what-comes = Summary
import-clean = { $total ->
    [one] One customer will be added
   *[other] { $total } customers will be added
}
import-clean-text = Nothing has been added yet.
import-faulty = { $total ->
    [one] One customer
   *[other] { $total } customers
}, { $faulty ->
    [one] one row with errors
   *[other] { $faulty } rows with errors
}
import-faulty-text = Nothing was added. An import adds all customers or none: correct the file and upload it again.
import-passwords-mailed = { $count ->
    [one] One password will be emailed to its customer.
   *[other] { $count } passwords will be emailed to their customers.
}
import-passwords-typed = { $count ->
    [one] One password is taken from the file and will not be emailed. Give it to the customer yourself.
   *[other] { $count } passwords are taken from the file and will not be emailed. Give them to the customers yourself.
}
import-passwords-unknown = { $count ->
    [one] One customer gets a generated password that nobody will know.
   *[other] { $count } customers get generated passwords that nobody will know.
}
import-ignored = These columns cannot be set and are ignored:
import-takes = The customers are added in the background; the next page shows the progress. Hashing 1,000 passwords that are in the file or will be mailed takes about half a minute.
import-shown = { $shown } of { $total } rows are shown, those with errors or notices first.
import-confirm = { $total ->
    [one] Add one customer
   *[other] Add { $total } customers
}
import-rows = Rows of the file
import-col-row = Row
import-col-faults = Errors and notices
import-col-limits = Limits
import-generated = next free number

import-format-csv = Read as { $encoding }, separated by { $delimiter }.
import-format-workbook = Read from the sheet “{ $sheet }”.
import-format-workbook-first = Read from the first sheet, “{ $sheet }”. The other sheets were not read.
import-delimiter-comma = commas
import-delimiter-semicolon = semicolons
import-delimiter-tab = tabs
import-noticed = { $count ->
    [one] One row has an email address or customer number that already exists. You can still add the customer.
   *[other] { $count } rows have an email address or customer number that already exists. You can still add the customers.
}

## In the background
import-runs-title = Recent imports
import-runs-line = { $total } rows, { $when }
import-run-checking-title = Checking the file
import-run-checked-title = Ready to import
import-run-faulty-title = Rows with errors
import-run-adding-title = Adding the customers
import-run-done-title = Imported
import-run-refused-title = Not imported
import-run-failed-title = Import failed
import-run-discarded-title = Import discarded
import-stage-waiting = Waiting for the worker
import-stage-checking = Checking the rows
import-stage-hashing = Hashing the passwords
import-stage-writing = Writing the customers
import-run-rows = { $done } of { $total } rows
import-run-leave = You can leave this page; the import continues.
import-run-show = Show new customers
import-run-unknown = { $count ->
    [one] Nobody knows the generated password of one of them. Set a new password and email it, or refer the customer to “Forgotten your password?”.
   *[other] Nobody knows the generated passwords of { $count } of them. Set new passwords and email them, or refer the customers to “Forgotten your password?”.
}
import-run-refused-text = No customers were added, because this account may no longer add customers.
import-run-failed-text = No customers were added, because the import failed. Upload the file again. Admins who see all customers find the reason under “Jobs”.
import-run-discarded-text = No customers were added. An admin discarded the job of this import. Upload the file again to repeat the import.

## Messages
import-flash-added = { $count ->
    [one] One customer was added.
   *[other] { $count } customers were added.
}
import-flash-reread = The file was read with another encoding since this preview was shown. No customers were added. Check the new preview and confirm again.
import-flash-added-unknown = { $count ->
    [one] One customer was added.
   *[other] { $count } customers were added.
} { $unknown ->
    [one] Nobody knows the generated password of one of them. Set a new password and email it, or refer the customer to “Forgotten your password?”.
   *[other] Nobody knows the generated passwords of { $unknown } of them. Set new passwords and email them, or refer the customers to “Forgotten your password?”.
}

## Export
export-separator = Separator of the exported file
export-semicolons = Semicolons, for German and other European spreadsheets
export-commas = Commas, for other spreadsheets and programs
