# Importing customers from a file.

button-import-csv = Import
import-title = Import customers
import-lead = From a CSV file, up to { $max } customers at once. You see what will come of it before anything is written.
import-check = Check the file
import-another = Check another file
import-gone = This file is not here any more: it is kept for one hour, and only the last one. Please send it again.
field-import-file = CSV file
hint-import-file = UTF-8, at most 1 MiB and 1,000 rows; separated by commas, semicolons or tabs.
field-import-text = Or paste it here
hint-import-text = With the row of column names on top.
field-import-sendpassword = Mail the passwords to the customers
hint-import-sendpassword = For rows that do not say otherwise in a column sendpassword.

## Help
import-help-title = What the file looks like
import-help-file = The first row names the columns. Only email is needed, and a last name or a company in each row; empty cells leave the default.
import-help-export = A file from “Export as CSV” can be changed and imported again. Columns that cannot be set, such as what is used, are passed over.
import-help-plan = A plan fills in limits and services; cells of the same row that hold something come before it. A limit is a number (disk space in MiB, traffic in GiB) or the word unlimited; a switch is 1 or 0.
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
import-takes = Passwords are hashed with care, so this takes a while: up to a minute for a thousand customers.
import-shown = { $shown } of { $total } rows are shown here, those with faults first.
import-confirm = { $total ->
    [one] Add this customer
   *[other] Add these { $total } customers
}
import-rows = Rows of the file
import-col-row = Row
import-col-faults = Faults
import-generated = next free number

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
