//! The tables of a Froxlor 2.3 database that an import reads, and two that it does not read, from
//! Froxlor's documented columns. Most columns that the import does not read are left out.

pub const TABLES: &[&str] = &[
    "CREATE TABLE panel_settings (`settingid` int(11) unsigned NOT NULL AUTO_INCREMENT, \
     `settinggroup` varchar(255) NOT NULL DEFAULT '', `varname` varchar(255) NOT NULL DEFAULT '', `value` text NOT NULL, \
     PRIMARY KEY (settingid)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_general_ci",
    "CREATE TABLE panel_admins (`adminid` int(11) unsigned NOT NULL AUTO_INCREMENT, `loginname` varchar(50) NOT NULL, \
     `password` varchar(255) NOT NULL, `name` varchar(255) NOT NULL DEFAULT '', `email` varchar(255) NOT NULL DEFAULT '', \
     `def_language` varchar(100) NOT NULL DEFAULT '', `ip` varchar(500) NOT NULL DEFAULT '-1', \
     `customers` int(15) NOT NULL DEFAULT '0', `customers_used` int(15) NOT NULL DEFAULT '0', \
     `customers_see_all` tinyint(1) NOT NULL DEFAULT '0', `domains` int(15) NOT NULL DEFAULT '0', \
     `domains_used` int(15) NOT NULL DEFAULT '0', `caneditphpsettings` tinyint(1) NOT NULL DEFAULT '0', \
     `change_serversettings` tinyint(1) NOT NULL DEFAULT '0', `diskspace` int(15) NOT NULL DEFAULT '0', \
     `diskspace_used` int(15) NOT NULL DEFAULT '0', `mysqls` int(15) NOT NULL DEFAULT '0', \
     `mysqls_used` int(15) NOT NULL DEFAULT '0', `emails` int(15) NOT NULL DEFAULT '0', \
     `emails_used` int(15) NOT NULL DEFAULT '0', `email_accounts` int(15) NOT NULL DEFAULT '0', \
     `email_accounts_used` int(15) NOT NULL DEFAULT '0', `email_forwarders` int(15) NOT NULL DEFAULT '0', \
     `email_forwarders_used` int(15) NOT NULL DEFAULT '0', `email_quota` bigint(13) NOT NULL DEFAULT '0', \
     `email_quota_used` bigint(13) NOT NULL DEFAULT '0', `ftps` int(15) NOT NULL DEFAULT '0', \
     `ftps_used` int(15) NOT NULL DEFAULT '0', `subdomains` int(15) NOT NULL DEFAULT '0', \
     `subdomains_used` int(15) NOT NULL DEFAULT '0', `traffic` bigint(30) NOT NULL DEFAULT '0', \
     `traffic_used` bigint(30) NOT NULL DEFAULT '0', `deactivated` tinyint(1) NOT NULL DEFAULT '0', \
     `lastlogin_succ` int(11) unsigned NOT NULL DEFAULT '0', `lastlogin_fail` int(11) unsigned NOT NULL DEFAULT '0', \
     `loginfail_count` int(11) unsigned NOT NULL DEFAULT '0', `reportsent` tinyint(4) unsigned NOT NULL DEFAULT '0', \
     `theme` varchar(50) NOT NULL DEFAULT 'Froxlor', `custom_notes` text, \
     `custom_notes_show` tinyint(1) NOT NULL DEFAULT '0', `type_2fa` tinyint(1) NOT NULL DEFAULT '0', \
     `data_2fa` varchar(25) NOT NULL DEFAULT '', `api_allowed` tinyint(1) NOT NULL DEFAULT '1', \
     `gui_access` tinyint(1) NOT NULL DEFAULT '1', PRIMARY KEY (adminid), \
     UNIQUE KEY loginname (loginname)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_general_ci",
    "CREATE TABLE panel_plans (`id` int(11) NOT NULL AUTO_INCREMENT, `adminid` int(11) NOT NULL DEFAULT '0', \
     `name` varchar(255) NOT NULL DEFAULT '', `description` text NOT NULL, `value` longtext NOT NULL, \
     `ts` int(15) NOT NULL DEFAULT '0', PRIMARY KEY (id), \
     KEY adminid (adminid)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_general_ci",
    "CREATE TABLE panel_customers (`customerid` int(11) unsigned NOT NULL AUTO_INCREMENT, `loginname` varchar(50) NOT NULL, \
     `password` varchar(255) NOT NULL DEFAULT '', `adminid` int(11) unsigned NOT NULL DEFAULT '0', \
     `name` varchar(255) NOT NULL DEFAULT '', `firstname` varchar(255) NOT NULL DEFAULT '', \
     `gender` int(1) NOT NULL DEFAULT '0', `company` varchar(255) NOT NULL DEFAULT '', \
     `street` varchar(255) NOT NULL DEFAULT '', `zipcode` varchar(25) NOT NULL DEFAULT '', \
     `city` varchar(255) NOT NULL DEFAULT '', `phone` varchar(50) NOT NULL DEFAULT '', \
     `fax` varchar(50) NOT NULL DEFAULT '', `email` varchar(255) NOT NULL DEFAULT '', \
     `customernumber` varchar(100) NOT NULL DEFAULT '', `def_language` varchar(100) NOT NULL DEFAULT '', \
     `diskspace` bigint(30) NOT NULL DEFAULT '0', `diskspace_used` bigint(30) NOT NULL DEFAULT '0', \
     `mysqls` int(15) NOT NULL DEFAULT '0', `mysqls_used` int(15) NOT NULL DEFAULT '0', \
     `emails` int(15) NOT NULL DEFAULT '0', `emails_used` int(15) NOT NULL DEFAULT '0', \
     `email_accounts` int(15) NOT NULL DEFAULT '0', `email_accounts_used` int(15) NOT NULL DEFAULT '0', \
     `email_forwarders` int(15) NOT NULL DEFAULT '0', `email_forwarders_used` int(15) NOT NULL DEFAULT '0', \
     `email_quota` bigint(13) NOT NULL DEFAULT '0', `email_quota_used` bigint(13) NOT NULL DEFAULT '0', \
     `ftps` int(15) NOT NULL DEFAULT '0', `ftps_used` int(15) NOT NULL DEFAULT '0', \
     `subdomains` int(15) NOT NULL DEFAULT '0', `subdomains_used` int(15) NOT NULL DEFAULT '0', \
     `traffic` bigint(30) NOT NULL DEFAULT '0', `traffic_used` bigint(30) NOT NULL DEFAULT '0', \
     `documentroot` varchar(255) NOT NULL DEFAULT '', `standardsubdomain` int(11) NOT NULL DEFAULT '0', \
     `guid` int(5) NOT NULL DEFAULT '0', `ftp_lastaccountnumber` int(11) NOT NULL DEFAULT '0', \
     `mysql_lastaccountnumber` int(11) NOT NULL DEFAULT '0', `deactivated` tinyint(1) NOT NULL DEFAULT '0', \
     `phpenabled` tinyint(1) NOT NULL DEFAULT '1', `lastlogin_succ` int(11) unsigned NOT NULL DEFAULT '0', \
     `lastlogin_fail` int(11) unsigned NOT NULL DEFAULT '0', `loginfail_count` int(11) unsigned NOT NULL DEFAULT '0', \
     `reportsent` tinyint(4) unsigned NOT NULL DEFAULT '0', `pop3` tinyint(1) NOT NULL DEFAULT '1', \
     `imap` tinyint(1) NOT NULL DEFAULT '1', `perlenabled` tinyint(1) NOT NULL DEFAULT '0', \
     `dnsenabled` tinyint(1) NOT NULL DEFAULT '0', `theme` varchar(50) NOT NULL DEFAULT 'Froxlor', `custom_notes` text, \
     `custom_notes_show` tinyint(1) NOT NULL DEFAULT '0', `allowed_phpconfigs` text NOT NULL, \
     `type_2fa` tinyint(1) NOT NULL DEFAULT '0', `data_2fa` varchar(25) NOT NULL DEFAULT '', \
     `api_allowed` tinyint(1) NOT NULL DEFAULT '1', `shell_allowed` tinyint(1) NOT NULL DEFAULT '0', \
     `logviewenabled` tinyint(1) NOT NULL DEFAULT '0', `allowed_mysqlserver` text NOT NULL, \
     `gui_access` tinyint(1) NOT NULL DEFAULT '1', PRIMARY KEY (customerid), \
     UNIQUE KEY loginname (loginname)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_general_ci",
    "CREATE TABLE panel_domains (`id` int(11) unsigned NOT NULL AUTO_INCREMENT, `domain` varchar(255) NOT NULL, \
     `domain_ace` varchar(255) NOT NULL DEFAULT '', `adminid` int(11) unsigned NOT NULL DEFAULT '0', \
     `customerid` int(11) unsigned NOT NULL DEFAULT '0', `aliasdomain` int(11) unsigned, \
     `documentroot` varchar(255) NOT NULL DEFAULT '', `isbinddomain` tinyint(1) NOT NULL DEFAULT '0', \
     `isemaildomain` tinyint(1) NOT NULL DEFAULT '0', `email_only` tinyint(1) NOT NULL DEFAULT '0', \
     `iswildcarddomain` tinyint(1) NOT NULL DEFAULT '1', `subcanemaildomain` tinyint(1) NOT NULL DEFAULT '0', \
     `caneditdomain` tinyint(1) NOT NULL DEFAULT '1', `parentdomainid` int(11) NOT NULL DEFAULT '0', \
     `phpenabled` tinyint(1) NOT NULL DEFAULT '0', `openbasedir` tinyint(1) NOT NULL DEFAULT '0', \
     `deactivated` tinyint(1) NOT NULL DEFAULT '0', `add_date` int(11) NOT NULL DEFAULT '0', \
     `registration_date` date DEFAULT NULL, `termination_date` date DEFAULT NULL, PRIMARY KEY (id), \
     KEY customerid (customerid), KEY parentdomain (parentdomainid), \
     KEY domain (domain)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_general_ci",
    "CREATE TABLE ftp_users (`id` int(20) NOT NULL AUTO_INCREMENT, `username` varchar(255) NOT NULL, \
     `uid` int(5) NOT NULL DEFAULT '0', `gid` int(5) NOT NULL DEFAULT '0', `password` varchar(255) NOT NULL, \
     `homedir` varchar(255) NOT NULL DEFAULT '', `shell` varchar(255) NOT NULL DEFAULT '/bin/false', \
     `login_enabled` enum('N','Y') NOT NULL DEFAULT 'N', `customerid` int(11) NOT NULL DEFAULT '0', \
     `description` varchar(255) NOT NULL DEFAULT '', PRIMARY KEY (id), UNIQUE KEY username (username), \
     KEY customerid (customerid)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_general_ci",
    "CREATE TABLE ftp_groups (`id` int(20) NOT NULL AUTO_INCREMENT, `groupname` varchar(60) NOT NULL DEFAULT '', \
     `gid` int(5) NOT NULL DEFAULT '0', `members` longtext NOT NULL, `customerid` int(11) NOT NULL DEFAULT '0', \
     PRIMARY KEY (id), UNIQUE KEY groupname (groupname), \
     KEY customerid (customerid)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_general_ci",
    "CREATE TABLE mail_users (`id` int(11) NOT NULL AUTO_INCREMENT, `email` varchar(255) NOT NULL DEFAULT '', \
     `username` varchar(255) NOT NULL DEFAULT '', `password` varchar(255) NOT NULL DEFAULT '', \
     `password_enc` varchar(255) NOT NULL DEFAULT '', `uid` int(11) NOT NULL DEFAULT '0', \
     `gid` int(11) NOT NULL DEFAULT '0', `homedir` varchar(255) NOT NULL DEFAULT '', \
     `maildir` varchar(255) NOT NULL DEFAULT '', `postfix` enum('Y','N') NOT NULL DEFAULT 'Y', \
     `domainid` int(11) NOT NULL DEFAULT '0', `customerid` int(11) NOT NULL DEFAULT '0', \
     `quota` bigint(13) NOT NULL DEFAULT '0', `pop3` tinyint(1) NOT NULL DEFAULT '1', \
     `imap` tinyint(1) NOT NULL DEFAULT '1', `mboxsize` bigint(30) NOT NULL DEFAULT '0', PRIMARY KEY (id), \
     UNIQUE KEY email (email)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_general_ci",
    "CREATE TABLE mail_virtual (`id` int(11) NOT NULL AUTO_INCREMENT, `email` varchar(255) NOT NULL DEFAULT '', \
     `email_full` varchar(255) NOT NULL DEFAULT '', `destination` text, `domainid` int(11) NOT NULL DEFAULT '0', \
     `customerid` int(11) NOT NULL DEFAULT '0', `popaccountid` int(11) NOT NULL DEFAULT '0', \
     `iscatchall` tinyint(1) unsigned NOT NULL DEFAULT '0', `description` varchar(255) NOT NULL DEFAULT '', \
     PRIMARY KEY (id), KEY email (email)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_general_ci",
    "CREATE TABLE panel_databases (`id` int(11) unsigned NOT NULL AUTO_INCREMENT, `customerid` int(11) NOT NULL DEFAULT '0', \
     `databasename` varchar(255) NOT NULL DEFAULT '', `description` varchar(255) NOT NULL DEFAULT '', \
     `dbserver` int(11) unsigned NOT NULL DEFAULT '0', PRIMARY KEY (id), \
     KEY customerid (customerid)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_general_ci",
    "CREATE TABLE api_keys (`id` int(11) NOT NULL AUTO_INCREMENT, `adminid` int(11) NOT NULL DEFAULT '0', \
     `customerid` int(11) NOT NULL DEFAULT '0', `apikey` varchar(500) NOT NULL DEFAULT '', \
     `secret` varchar(500) NOT NULL DEFAULT '', `allowed_from` text NOT NULL, `valid_until` int(15) NOT NULL DEFAULT '0', \
     PRIMARY KEY (id), KEY adminid (adminid), \
     KEY customerid (customerid)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_general_ci",
    "CREATE TABLE panel_diskspace (`id` int(11) unsigned NOT NULL AUTO_INCREMENT, \
     `customerid` int(11) unsigned NOT NULL DEFAULT '0', `year` int(4) unsigned zerofill NOT NULL DEFAULT '0000', \
     `month` int(2) unsigned zerofill NOT NULL DEFAULT '00', `day` int(2) unsigned zerofill NOT NULL DEFAULT '00', \
     `stamp` int(11) unsigned NOT NULL DEFAULT '0', `webspace` bigint(30) unsigned NOT NULL DEFAULT '0', \
     `mail` bigint(30) unsigned NOT NULL DEFAULT '0', `mysql` bigint(30) unsigned NOT NULL DEFAULT '0', PRIMARY KEY (id), \
     KEY customerid (customerid)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_general_ci",
    "CREATE TABLE panel_traffic (`id` int(11) unsigned NOT NULL AUTO_INCREMENT, \
     `customerid` int(11) unsigned NOT NULL DEFAULT '0', `year` int(4) unsigned zerofill NOT NULL DEFAULT '0000', \
     `month` int(2) unsigned zerofill NOT NULL DEFAULT '00', `day` int(2) unsigned zerofill NOT NULL DEFAULT '00', \
     `stamp` int(11) unsigned NOT NULL DEFAULT '0', `http` bigint(30) unsigned NOT NULL DEFAULT '0', \
     `ftp_up` bigint(30) unsigned NOT NULL DEFAULT '0', `ftp_down` bigint(30) unsigned NOT NULL DEFAULT '0', \
     `mail` bigint(30) unsigned NOT NULL DEFAULT '0', PRIMARY KEY (id), \
     KEY customerid (customerid)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_general_ci",
    "CREATE TABLE panel_htpasswds (`id` int(11) unsigned NOT NULL AUTO_INCREMENT, \
     `customerid` int(11) unsigned NOT NULL DEFAULT '0', `path` varchar(255) NOT NULL DEFAULT '', \
     `username` varchar(255) NOT NULL DEFAULT '', `password` varchar(255) NOT NULL DEFAULT '', \
     `authname` varchar(255) NOT NULL DEFAULT 'Restricted Area', PRIMARY KEY (id), \
     KEY customerid (customerid)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_general_ci",
    "CREATE TABLE panel_syslog (`logid` bigint(20) NOT NULL AUTO_INCREMENT, `action` int(5) NOT NULL DEFAULT '10', \
     `type` int(5) NOT NULL DEFAULT '0', `date` int(15) NOT NULL, `user` varchar(50) NOT NULL, `text` text NOT NULL, \
     PRIMARY KEY (logid)) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_general_ci",
    // Not in Froxlor's documentation, but every panel with PHP has this table.
    "CREATE TABLE panel_phpconfigs (`id` int(11) unsigned NOT NULL AUTO_INCREMENT, `description` varchar(50) NOT NULL, \
     `binary` varchar(255) NOT NULL, `phpsettings` text NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8",
];
