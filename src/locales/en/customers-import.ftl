# Importing customers from a file.

button-import-csv = Import
import-title = Import customers
import-lead = From a CSV file or an Excel workbook, up to { $max } customers at once. You see the result before anything is written.
import-check = Check the file
import-another = Check another file
import-gone = This file is not here any more: it is kept for one hour, and only the last one. Please send it again.
field-import-file = CSV file or Excel workbook
hint-import-file = At most 24 MiB and 50,000 rows. Commas, semicolons and tabs are recognised. Of a workbook (.xlsx), the first sheet is read.
field-import-encoding = Encoding
hint-import-encoding = Choose one if letters such as ä or é look wrong in the preview.
import-encoding-detect = Detect
import-bounds = The limits are { $size } MiB and { $rows } rows.
import-passwords-left-out = The passwords were left out of this text. Enter them again, or the customers get generated ones.
field-import-text = Or paste it here
hint-import-text = With the row of column names on top.
field-import-sendpassword = Mail the passwords to the customers
hint-import-sendpassword = For rows that do not say otherwise in a column sendpassword.

## Help
import-help-title = What the file looks like
import-help-file = The first row names the columns; usual English and German names are understood. Only email is needed, and a last name or a company in each row; empty cells leave the default.
import-help-export = A file from “Export as CSV” can be changed and imported again. Columns that cannot be set, such as what is used, are passed over.
import-help-plan = A plan fills in limits and services; cells of the same row that hold something come before it. A limit is a number (disk space in MiB, traffic in GiB) or the word unlimited; a switch is 1 or 0, yes or no, true or false.
import-help-passwords = Without a password in the file each customer gets a generated one. If it is not mailed, nobody knows it.
import-example = Download an example
import-help-columns = All columns
import-help-columns-text = By these names, in any order:

## Preview
import-preview-title = Preview of the import
import-what-comes = What will happen
import-clean = { $total ->
    [one] One customer will be added
   *[other] { $total } customers will be added
}
import-clean-text = Nothing has been written yet.
import-faulty = { $total ->
    [one] One customer
   *[other] { $total } customers
}, { $faulty ->
    [one] one row with faults
   *[other] { $faulty } rows with faults
}
import-faulty-text = Nothing was written. Please correct the file and send it again; it is all of it or nothing.
import-passwords-mailed = { $count ->
    [one] One password will be mailed to its customer.
   *[other] { $count } passwords will be mailed to their customers.
}
import-passwords-typed = { $count ->
    [one] One password is taken from the file and not mailed; please pass it on.
   *[other] { $count } passwords are taken from the file and not mailed; please pass them on.
}
import-passwords-unknown = { $count ->
    [one] One customer gets a generated password that nobody is told.
   *[other] { $count } customers get generated passwords that nobody is told.
}
import-ignored = These columns cannot be set and are passed over:
import-takes = The customers are added in the background, and you see the progress. Hashing a thousand passwords takes about half a minute.
import-shown = { $shown } of { $total } rows are shown here, those with faults or notices first.
import-confirm = { $total ->
    [one] Add this customer
   *[other] Add these { $total } customers
}
import-rows = Rows of the file
import-col-row = Row
import-col-faults = Faults and notices
import-col-limits = Limits
import-generated = next free number

import-format-csv = Read as { $encoding }, separated by { $delimiter }.
import-format-workbook = Read from the sheet “{ $sheet }”.
import-format-workbook-first = Read from the first sheet, “{ $sheet }”. The other sheets were not read.
import-delimiter-comma = commas
import-delimiter-semicolon = semicolons
import-delimiter-tab = tabs
import-noticed = { $count ->
    [one] In one row, a mail address or customer number exists already. You can add the customer all the same.
   *[other] In { $count } rows, a mail address or customer number exists already. You can add the customers all the same.
}

## In the background
import-runs-title = Your last imports
import-runs-line = { $total } rows, { $when }
import-run-checking-title = Checking the file
import-run-checked-title = Ready to import
import-run-faulty-title = Rows with faults
import-run-adding-title = Adding the customers
import-run-done-title = Imported
import-run-refused-title = Not imported
import-stage-waiting = Waiting for the worker
import-stage-checking = Checking the rows
import-stage-hashing = Hashing the passwords
import-stage-writing = Writing the customers
import-run-rows = { $done } of { $total } rows
import-run-leave = You can leave this page; the import goes on.
import-run-show = Show the new customers
import-run-unknown = { $count ->
    [one] For one of them nobody knows the generated password: set a new one and have it mailed, or point to “Forgotten your password?”.
   *[other] For { $count } of them nobody knows the generated password: set new ones and have them mailed, or point to “Forgotten your password?”.
}
import-run-refused-text = This account may not add customers any more. Nothing was added.

## Messages
import-flash-added = { $count ->
    [one] One customer was added.
   *[other] { $count } customers were added.
}
import-flash-added-unknown = { $count ->
    [one] One customer was added.
   *[other] { $count } customers were added.
} { $unknown ->
    [one] For one of them nobody knows the generated password: set a new one and have it mailed, or point to “Forgotten your password?”.
   *[other] For { $unknown } of them nobody knows the generated password: set new ones and have them mailed, or point to “Forgotten your password?”.
}

## Export
export-separator = Separator of the exported file
export-semicolons = Semicolons, for German and other European spreadsheets
export-commas = Commas, for other spreadsheets and programs
